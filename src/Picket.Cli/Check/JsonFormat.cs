using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Picket.Cli;

/// <summary>One JSON object a line.</summary>
internal sealed class JsonFormat(bool explain = false) : IVerdictFormat
{
    // No page embeds this output, so that letters outside ASCII may stay as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public void Write(Verdict verdict, RowName? row, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            if (row is { } name)
            {
                json.WriteNumber("line"u8, name.Line);
                if (name.Id is not null)
                {
                    json.WriteString("id"u8, name.Id);
                }
            }

            json.WriteBoolean("unsafe"u8, verdict.Unsafe);
            json.WriteNumber("unsafe_probability"u8, verdict.UnsafeProbability);
            json.WriteString("decided_by"u8, verdict.DecidedBy);
            json.WriteNumber("windows"u8, verdict.Windows);
            json.WriteBoolean("degraded"u8, verdict.Degraded);
            if (explain)
            {
                WriteRoutes(json, verdict);
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteRoutes(Utf8JsonWriter json, Verdict verdict)
    {
        json.WriteNumber("tier"u8, verdict.Tier);
        json.WriteStartArray("routes"u8);
        foreach (RouteDecision route in RouteText.Routes(verdict))
        {
            json.WriteStartObject();
            json.WriteNumber("tier"u8, route.Tier);
            json.WriteString("router"u8, route.Router);
            json.WriteBoolean("escalate"u8, route.Escalate);
            json.WriteNumber("hardness"u8, route.HardProbability);
            json.WriteNumber("spread"u8, route.Spread);
            json.WriteNumber("threshold"u8, route.Threshold);
            json.WriteString("reason"u8, RouteText.Reason(route.Reason));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
