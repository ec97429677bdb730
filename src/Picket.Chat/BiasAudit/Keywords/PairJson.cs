using System.Text.Json;

namespace Picket.Chat;

/// <summary>Reads pairs from JSON anywhere in an answer: objects that name the two sides, and arrays of two within an array.</summary>
internal static class PairJson
{
    /// <summary>The pairs; <see langword="null"/> where the answer holds no JSON.</summary>
    public static IReadOnlyList<KeywordPair>? Find(string answer)
    {
        foreach ((char open, char close) in (ReadOnlySpan<(char, char)>)[('[', ']'), ('{', '}')])
        {
            int start = answer.IndexOf(open);
            int end = answer.LastIndexOf(close);
            if (start >= 0 && end > start && TryParse(answer[start..(end + 1)]) is { } pairs)
            {
                return pairs;
            }
        }

        return null;
    }

    private static List<KeywordPair>? TryParse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true });
            var pairs = new List<KeywordPair>();
            Walk(document.RootElement, inArray: false, pairs);
            return pairs;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Walk(JsonElement element, bool inArray, List<KeywordPair> pairs)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            JsonElement[] items = [.. element.EnumerateArray()];
            if (inArray && items is [{ ValueKind: JsonValueKind.String } privileged, { ValueKind: JsonValueKind.String } marginalised])
            {
                Add(marginalised.GetString(), privileged.GetString(), pairs);
                return;
            }

            Array.ForEach(items, item => Walk(item, inArray: true, pairs));
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (Side(element, Role.Privileged) is { } privileged && Side(element, Role.Marginalised) is { } marginalised)
            {
                Add(marginalised, privileged, pairs);
                return;
            }

            foreach (JsonProperty property in element.EnumerateObject())
            {
                Walk(property.Value, inArray: false, pairs);
            }
        }
    }

    private static string? Side(JsonElement element, Role role) => element.EnumerateObject()
        .Where(property => RoleWords.In(property.Name.Replace('_', ' ')) == role && property.Value.ValueKind == JsonValueKind.String)
        .Select(static property => property.Value.GetString())
        .FirstOrDefault();

    private static void Add(string? marginalised, string? privileged, List<KeywordPair> pairs)
    {
        if (KeywordText.Of(marginalised ?? "", slash: true) is { } first && KeywordText.Of(privileged ?? "", slash: true) is { } second)
        {
            pairs.Add(new KeywordPair(first, second));
        }
    }
}
