using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Training.Augmentation;

/// <summary>What an augmentation brought and cost. It holds names and figures, and no text of a row.</summary>
public sealed record AugmentationReport
{
    /// <summary>The schema's version, raised when a field changes its meaning or goes.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>When the rows were made, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of Picket that made it.</summary>
    public required string PicketVersion { get; init; }

    /// <summary>The file of seed rows, without its folder.</summary>
    public required string Seeds { get; init; }

    /// <summary>The file of new rows, without its folder.</summary>
    public required string Output { get; init; }

    /// <summary>The strategy, as the rows' source names it.</summary>
    public required string Strategy { get; init; }

    /// <summary>Chose exemplars and words.</summary>
    public required long Seed { get; init; }

    /// <summary>Seed rows that were used.</summary>
    public required int SeedRows { get; init; }

    /// <summary>Seed rows left out because they belong to another split than train.</summary>
    public required int SeedRowsOfOtherSplits { get; init; }

    /// <summary>Seed rows left out because they repeat an evaluation row.</summary>
    public required int ContaminatedSeedRows { get; init; }

    /// <summary>Instructions or copies that were asked for.</summary>
    public required int Asked { get; init; }

    /// <summary>What became of them.</summary>
    public required GenerationCounts Counts { get; init; }

    /// <summary>Of these, those that were asked for as harmless, or are copies of rows labelled safe.</summary>
    public required GenerationCounts Benign { get; init; }

    /// <summary>Rows of the output by kind: <c>seed</c>, <c>copy</c>, <c>refusing</c>, <c>complying</c>, <c>empty</c>.</summary>
    public required IReadOnlyDictionary<string, int> Rows { get; init; }

    /// <summary>
    /// Share of the output's rows that count as unsafe in <see cref="AugmentationOptions.MaxUnsafeShare"/>, responses that did not come
    /// included; a teacher may see it otherwise. <see langword="null"/> without rows.
    /// </summary>
    public required double? UnsafeShare { get; init; }

    /// <summary>How varied the kept instructions or copies are.</summary>
    public required DiversityFigures Diversity { get; init; }

    /// <summary>The models; none but for language models.</summary>
    public required IReadOnlyList<GeneratorUse> Generators { get; init; }

    /// <summary>As JSON, indented: snake_case names, <c>null</c> where a figure is not defined.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AugmentationJsonContext.Indented.AugmentationReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AugmentationReport))]
internal sealed partial class AugmentationJsonContext : JsonSerializerContext
{
    public static AugmentationJsonContext Indented { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true });
}
