using System.Text.Json;

namespace Picket.Server;

/// <summary>OpenAI's three objects with an entry for each of its categories.</summary>
internal static class ModerationCategories
{
    // Nearly every answer has these, and they are nearly all of it: written once.
    private static readonly byte[] AllFalse = All(static (json, category) => json.WriteBoolean(category, false));
    private static readonly byte[] AllZero = All(static (json, category) => json.WriteNumber(category, 0));
    private static readonly byte[] AllText = All(static (json, category) =>
    {
        json.WriteStartArray(category);
        json.WriteStringValue("text"u8);
        json.WriteEndArray();
    });

    /// <summary>Writes them into an object that is open.</summary>
    /// <param name="json">Where they go.</param>
    /// <param name="verdict">A guard without names for hazards has none here: false and 0 everywhere.</param>
    /// <param name="flagged">Whether the text is.</param>
    public static void Write(Utf8JsonWriter json, Verdict verdict, bool flagged)
    {
        HashSet<string>? named = verdict.Categories.Count == 0 ? null : HazardTable.ToOpenAi(verdict.Categories);
        Write(json, "categories"u8, named is null || !flagged
            ? AllFalse
            : All((into, category) => into.WriteBoolean(category, named.Contains(category))));
        Write(json, "category_scores"u8, named is null
            ? AllZero
            : All((into, category) => into.WriteNumber(category, named.Contains(category) ? verdict.UnsafeProbability : 0)));
        Write(json, "category_applied_input_types"u8, AllText);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, byte[] value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }

    private static byte[] All(Action<Utf8JsonWriter, string> write) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        foreach (string category in HazardTable.OpenAi)
        {
            write(json, category);
        }

        json.WriteEndObject();
    });
}
