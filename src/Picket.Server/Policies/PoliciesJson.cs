using System.Text.Json;

namespace Picket.Server;

/// <summary>The policies in force, for whoever asks <c>/admin/policies</c>.</summary>
internal static class PoliciesJson
{
    public static Action<Utf8JsonWriter> Of(PolicySet policies, IReadOnlyList<string> reloadFaults) => json =>
    {
        json.WriteStartObject();
        json.WriteString("version"u8, policies.Version);
        json.WriteStartObject("routes"u8);
        foreach ((string route, Policy? policy) in policies.Routes)
        {
            if (policy is null)
            {
                json.WriteNull(route);
                continue;
            }

            json.WriteStartObject(route);
            Write(json, policy);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("reload_faults"u8);
        foreach (string fault in reloadFaults)
        {
            json.WriteStringValue(fault);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    };

    private static void Write(Utf8JsonWriter json, Policy policy)
    {
        json.WriteString("policy"u8, policy.Name);
        if (policy.Options.Threshold is { } threshold)
        {
            json.WriteNumber("threshold"u8, threshold);
        }
        else
        {
            json.WriteNull("threshold"u8);
        }

        json.WriteStartObject("category_thresholds"u8);
        foreach ((string category, double least) in policy.Options.CategoryThresholds)
        {
            json.WriteNumber(category, least);
        }

        json.WriteEndObject();
        json.WriteString("large_guard_failure"u8, policy.Options.LargeGuardFailure.ToString());
        json.WriteString("large_guard_timeout"u8, policy.Options.LargeGuardTimeout.ToString("c"));
        json.WriteBoolean("shadow"u8, policy.Options.Shadow);
        json.WriteStartObject("proxy"u8);
        json.WriteString("input_scope"u8, policy.Guarding.InputScope.ToString());
        json.WriteBoolean("checks_answers"u8, policy.Guarding.ChecksAnswers);
        json.WriteString("blocked"u8, policy.Options.Proxy.Blocked.ToString());
        json.WriteString("bias_defense"u8, policy.Options.Proxy.BiasDefense.ToString());
        json.WriteEndObject();
    }
}
