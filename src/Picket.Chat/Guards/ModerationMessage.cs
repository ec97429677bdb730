using System.Text.Json;

namespace Picket.Chat;

/// <summary>The two bodies of <c>POST /v1/moderations</c>: what is asked and what comes back.</summary>
internal static class ModerationMessage
{
    /// <summary>The body that asks for <paramref name="input"/>: the judged text as <c>input</c>, and beside a response its <c>prompt</c>.</summary>
    public static byte[] Ask(GuardInput input, string? model) => JsonBody.Of(json =>
    {
        json.WriteText("model", model);
        json.WriteText("input", input.Response ?? input.Prompt);
        json.WriteText("prompt", input.Response is null ? null : input.Prompt);
    });

    /// <summary>The unsafe probability in an answer's body.</summary>
    /// <exception cref="PicketException">The body is none; the message begins with <paramref name="server"/> and quotes nothing.</exception>
    public static double Read(ReadOnlyMemory<byte> body, string server)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, server);
        }
        catch (JsonException)
        {
            // The parser's message stays behind: it can quote what the server said, and the server what it was asked.
            throw new PicketException($"{server}: expected a moderation answer, found {body.Length} bytes that are not JSON");
        }
    }

    private static double Read(JsonElement root, string server)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("results", out JsonElement results)
            || results.ValueKind != JsonValueKind.Array || results.GetArrayLength() != 1 || results[0].ValueKind != JsonValueKind.Object)
        {
            throw new PicketException($"{server}: expected a moderation answer, JSON with one object in \"results\"; found other JSON");
        }

        JsonElement result = results[0];
        double? probability = Number(result, "unsafe_probability") ?? GreatestScore(result) ?? Flag(result);
        return probability switch
        {
            >= 0 and <= 1 => probability.Value,
            null => throw new PicketException(
                $"{server}: expected \"unsafe_probability\", \"category_scores\" or \"flagged\" in the moderation result, found none of them"),
            _ => throw new PicketException($"{server}: expected scores from 0 to 1 in the moderation result, found one outside"),
        };
    }

    private static double? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    // Servers give null for a category that their model does not know.
    private static double? GreatestScore(JsonElement result) =>
        result.TryGetProperty("category_scores", out JsonElement scores) && scores.ValueKind == JsonValueKind.Object
            ? scores.EnumerateObject()
                .Where(static score => score.Value.ValueKind == JsonValueKind.Number)
                .Max(static score => (double?)score.Value.GetDouble())
            : null;

    private static double? Flag(JsonElement result) =>
        result.TryGetProperty("flagged", out JsonElement flagged) && flagged.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? flagged.ValueKind == JsonValueKind.True ? 1 : 0
            : null;
}
