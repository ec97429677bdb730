using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Chat;

namespace Picket.Training.Auditing;

/// <summary>The first line of a journal: what its answers belong to.</summary>
/// <param name="Journal">Tells a journal from other files, and its version.</param>
/// <param name="Settings">All that the answers depend on, by name.</param>
internal sealed record TrialJournalHeader(string Journal, SortedDictionary<string, string> Settings)
{
    public const string Version = "picket audit jailbreak 1";

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, TrialJson.Relaxed.TrialJournalHeader), (byte)'\n'];

    /// <summary>What <paramref name="found"/>, a journal's header, differs in; empty when it is the same.</summary>
    public IReadOnlyList<string> DifferencesFrom(TrialJournalHeader found) =>
    [
        .. Settings.Keys.Union(found.Settings.Keys)
            .Where(name => Settings.GetValueOrDefault(name) != found.Settings.GetValueOrDefault(name))
            .Select(static name => $"another {name}"),
    ];
}

/// <summary>The lines of a journal: snake_case names, fields without a value left out.</summary>
[JsonSerializable(typeof(TrialAnswer))]
[JsonSerializable(typeof(TrialJournalHeader))]
internal sealed partial class TrialJson : JsonSerializerContext
{
    public static TrialJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
