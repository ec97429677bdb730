using System.Text.Json;

namespace Picket.Server;

/// <summary>A verdict's details, in the same words in every answer.</summary>
internal static class VerdictJson
{
    /// <summary>The fields of one verdict, into an object that is open.</summary>
    public static void WriteFields(Utf8JsonWriter json, Verdict verdict, CheckOutcome outcome)
    {
        json.WriteBoolean("unsafe"u8, verdict.Unsafe);
        json.WriteBoolean("blocked"u8, outcome.Blocks(verdict));
        json.WriteNumber("unsafe_probability"u8, verdict.UnsafeProbability);
        json.WriteString("tier"u8, GuardTier.Of(verdict));
        json.WriteString("decided_by"u8, verdict.DecidedBy);
        json.WriteStartObject("route"u8);
        json.WriteBoolean("escalated"u8, verdict.Route.Escalate);
        json.WriteNumber("hard_probability"u8, verdict.Route.HardProbability);
        json.WriteEndObject();
        json.WriteNumber("windows"u8, verdict.Windows);
        json.WriteBoolean("degraded"u8, verdict.Degraded);
        if (verdict.Categories.Count == 0)
        {
            // Said outright: false and 0 in a list of categories else look like a finding.
            json.WriteNull("categories"u8);
        }
        else
        {
            json.WriteStartArray("categories"u8);
            foreach (string category in verdict.Categories)
            {
                json.WriteStringValue(category);
            }

            json.WriteEndArray();
        }

        WritePolicy(json, outcome);
    }

    /// <summary><c>picket</c>: the fields of one verdict.</summary>
    public static void WriteObject(Utf8JsonWriter json, Verdict verdict, CheckOutcome outcome)
    {
        json.WriteStartObject("picket"u8);
        WriteFields(json, verdict, outcome);
        json.WriteEndObject();
    }

    /// <summary><c>timings_ms</c>: the stages.</summary>
    public static void WriteTimings(Utf8JsonWriter json, StageTimes times)
    {
        json.WriteStartObject("timings_ms"u8);
        foreach ((string stage, TimeSpan time) in times.All())
        {
            json.WriteNumber(stage, Math.Round(time.TotalMilliseconds, 4));
        }

        json.WriteEndObject();
    }

    private static void WritePolicy(Utf8JsonWriter json, CheckOutcome outcome)
    {
        json.WriteString("policy"u8, outcome.Policy.Name);
        json.WriteString("policy_version"u8, outcome.Policy.Version);
        json.WriteBoolean("shadow"u8, outcome.Policy.Options.Shadow);
    }
}
