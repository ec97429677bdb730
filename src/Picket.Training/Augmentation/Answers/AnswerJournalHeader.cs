using System.Text;
using System.Text.Json;

namespace Picket.Training.Augmentation;

/// <summary>The first line of a journal: what its answers belong to.</summary>
/// <param name="Journal">Tells a journal from other files, and its version.</param>
/// <param name="Settings">All that the output depends on, by name.</param>
internal sealed record AnswerJournalHeader(string Journal, SortedDictionary<string, string> Settings)
{
    public const string Version = "picket augment 1";

    /// <summary>Whether a line without an end may be the beginning of a header.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> mark = Encoding.UTF8.GetBytes($$"""{"journal":"{{Version}}",""");
        int length = Math.Min(line.Length, mark.Length);
        return line[..length].SequenceEqual(mark[..length]);
    }

    public static AnswerJournalHeader? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            AnswerJournalHeader? header = JsonSerializer.Deserialize(line, AnswerJson.Relaxed.AnswerJournalHeader);
            return header is { Journal: Version, Settings: not null } ? header : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, AnswerJson.Relaxed.AnswerJournalHeader), (byte)'\n'];

    /// <summary>What <paramref name="found"/>, a journal's header, differs in; empty when it is the same.</summary>
    public IReadOnlyList<string> DifferencesFrom(AnswerJournalHeader found) =>
    [
        .. Settings.Keys.Union(found.Settings.Keys)
            .Where(name => Settings.GetValueOrDefault(name) != found.Settings.GetValueOrDefault(name))
            .Select(name => name.EndsWith("sha256", StringComparison.Ordinal)
                ? $"another {name}"
                : $"the {name} '{found.Settings.GetValueOrDefault(name)}', not '{Settings.GetValueOrDefault(name)}'"),
    ];
}
