using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Training.NGram;

namespace Picket.Training.Blending;

/// <summary>The <c>training</c> part of a blend's <c>guard.json</c>: what its weights were fitted on and how good it is.</summary>
/// <param name="Picket">Version that fitted it.</param>
/// <param name="Data">The files, and the rows of them that were taken.</param>
/// <param name="HeldOutOnly">The held-out share that the rows are from; <see langword="null"/> when all rows were taken.</param>
/// <param name="Folds">Parts of the cross-validation behind <paramref name="Figures"/> and <paramref name="Metrics"/>.</param>
/// <param name="Members">The guards that were given; one of weight 0 is not part of the blend.</param>
/// <param name="Offset">The blend's offset.</param>
/// <param name="Figures">The blend, cross-validated.</param>
/// <param name="Metrics">The same, with figures at threshold 0.5.</param>
public sealed record BlendCard(
    string Picket,
    IReadOnlyList<DataSource> Data,
    double? HeldOutOnly,
    int Folds,
    IReadOnlyList<BlendCardMember> Members,
    double Offset,
    BlendFigures Figures,
    IReadOnlyList<CardMetrics> Metrics)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal JsonElement ToJson() => JsonSerializer.SerializeToElement(this, s_json);
}

/// <summary>One guard that was given to a blend.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="HeldOutShare">The share of its rows that its training held out; <see langword="null"/> where its card does not say.</param>
/// <param name="Weight">0 where it made the blend worse: its weight came out below 0, and the others were fitted again without it.</param>
/// <param name="Figures">It alone, on the rows that the blend was fitted on.</param>
public sealed record BlendCardMember(string Name, string Kind, double? HeldOutShare, double Weight, BlendFigures Figures);

/// <summary>What came of a blend.</summary>
/// <param name="Card">Weights and figures.</param>
/// <param name="Written">Whether at least two members have a weight; otherwise nothing was written, for one guard is no blend.</param>
public sealed record BlendResult(BlendCard Card, bool Written);

/// <summary>How far the scoring came.</summary>
/// <param name="Member">The guard that scores.</param>
/// <param name="Place">Which one it is, from 0.</param>
/// <param name="Members">How many there are.</param>
/// <param name="Rows">Rows that it has scored.</param>
/// <param name="Total">Rows that it is to score.</param>
public readonly record struct BlendProgress(string Member, int Place, int Members, int Rows, int Total);
