using Picket.Fairness;

namespace Picket.Cli;

/// <summary>What the words of a <c>picket audit guard</c> come to.</summary>
internal sealed record AuditGuardSettings
{
    /// <summary>Files and folders of templates or rows; none takes Picket's own set.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>As <c>--guard</c> names them.</summary>
    public required IReadOnlyList<string> Guards { get; init; }

    /// <summary>A file of identity terms; <see langword="null"/> for Picket's own.</summary>
    public string? Terms { get; init; }

    /// <summary>How every file is read; <see langword="null"/> recognises it by content.</summary>
    public string? Format { get; init; }

    public bool Normalise { get; init; } = true;

    public FairnessOptions Fairness { get; init; } = new();

    /// <summary>The JSON report's path.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The page's path.</summary>
    public string? HtmlPath { get; init; }

    /// <summary>What is out of range or does not go together; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (string fault in GuardOptions.FaultsOf(Fairness.Threshold))
        {
            yield return fault;
        }

        if (Fairness.Resamples is < 0 or > 1_000_000)
        {
            yield return $"--resamples: found {Fairness.Resamples}, expected 0 to 1000000";
        }

        if (Fairness.BatchSize is < 1 or > 65_536)
        {
            yield return $"--batch: found {Fairness.BatchSize}, expected 1 to 65536";
        }

        if (JsonPath is not null && HtmlPath is not null && Path.GetFullPath(JsonPath) == Path.GetFullPath(HtmlPath))
        {
            yield return "--out and --html: expected two files, found one";
        }
    }
}
