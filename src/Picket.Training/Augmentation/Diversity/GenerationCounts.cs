namespace Picket.Training.Augmentation;

/// <summary>What became of the texts that a model was asked for.</summary>
public sealed record GenerationCounts
{
    /// <summary>Answers that came.</summary>
    public int Answers { get; init; }

    /// <summary>Answers of nothing but whitespace.</summary>
    public int Empty { get; init; }

    /// <summary>Refusals.</summary>
    public int Refused { get; init; }

    /// <summary>Answers that hold no instruction.</summary>
    public int Unreadable { get; init; }

    /// <summary>Instructions dropped, by the rule of <see cref="FilterRules"/>.</summary>
    public IReadOnlyDictionary<string, int> Dropped { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Instructions kept.</summary>
    public int Kept { get; init; }

    /// <summary>Kept instructions a model's answer, in [0, 1]; <see langword="null"/> without answers.</summary>
    public double? Yield => Answers == 0 ? null : (double)Kept / Answers;

    /// <summary>Refusals an answer that is not empty, in [0, 1]; <see langword="null"/> without any.</summary>
    public double? RefusalRate => Answers == Empty ? null : (double)Refused / (Answers - Empty);
}
