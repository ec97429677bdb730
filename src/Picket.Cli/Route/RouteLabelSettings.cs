namespace Picket.Cli;

/// <summary>What the words of a <c>picket route label</c> come to.</summary>
internal sealed record RouteLabelSettings
{
    /// <summary>Files and folders of labelled rows.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    public required string Small { get; init; }

    public required string Large { get; init; }

    public required string Output { get; init; }

    /// <summary>Parts of out-of-fold scoring; 0 for none.</summary>
    public int Folds { get; init; }

    /// <summary>The held-out share whose rows alone are taken; <see langword="null"/> for all rows.</summary>
    public double? HeldOutOnly { get; init; }

    /// <summary>Rows that the small guard learned from are no fault.</summary>
    public bool AllowSeen { get; init; }

    public int BatchSize { get; init; }

    public bool Normalise { get; init; } = true;

    /// <summary>What is out of range; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (Folds is not (0 or (>= 2 and <= 100)))
        {
            yield return $"--folds: found {Folds}, expected 0 or 2 to 100";
        }

        if (HeldOutOnly is not null and not (> 0 and <= 0.5))
        {
            yield return $"--held-out-only: found {HeldOutOnly}, expected above 0 to 0.5";
        }

        if (BatchSize is < 1 or > 65_536)
        {
            yield return $"--batch: found {BatchSize}, expected 1 to 65536";
        }
    }
}
