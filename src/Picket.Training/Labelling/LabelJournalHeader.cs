using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Training.Labelling;

/// <summary>The first line of a journal: what its scores belong to.</summary>
/// <param name="Journal">Tells a journal from other files, and its version.</param>
/// <param name="InputSha256">The input's bytes.</param>
/// <param name="Format">The format that was named for it, if any.</param>
/// <param name="Teacher">Who scores.</param>
/// <param name="Threshold">From where on a row is unsafe.</param>
internal sealed record LabelJournalHeader(string Journal, string InputSha256, string? Format, string Teacher, double Threshold)
{
    public const string Version = "picket label 1";

    public static LabelJournalHeader Of(LabelInput input, string teacher, double threshold) =>
        new(Version, input.Sha256, input.Format, teacher, threshold);

    public static LabelJournalHeader? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            LabelJournalHeader? header = JsonSerializer.Deserialize(line, LabelJournalJson.Default.LabelJournalHeader);
            return header?.Journal == Version ? header : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, LabelJournalJson.Default.LabelJournalHeader), (byte)'\n'];

    /// <summary>What <paramref name="found"/>, a journal's header, differs in; empty when it is the same.</summary>
    public IReadOnlyList<string> DifferencesFrom(LabelJournalHeader found)
    {
        var differences = new List<string>();
        if (found.InputSha256 != InputSha256 || found.Format != Format)
        {
            differences.Add("another input");
        }

        if (found.Teacher != Teacher)
        {
            differences.Add("another guard");
        }

        if (!found.Threshold.Equals(Threshold))
        {
            differences.Add($"the threshold {found.Threshold}, not {Threshold}");
        }

        return differences;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LabelJournalHeader))]
internal sealed partial class LabelJournalJson : JsonSerializerContext;
