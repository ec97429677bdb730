using Picket.Evaluation;

namespace Picket.Cli;

/// <summary>What the words of a <c>picket eval</c> come to.</summary>
internal sealed record EvalSettings
{
    /// <summary>Files and folders of labelled rows.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>As <c>--guard</c> names them.</summary>
    public required IReadOnlyList<string> Guards { get; init; }

    /// <summary>How every file is read; <see langword="null"/> recognises it by content.</summary>
    public string? Format { get; init; }

    public bool Normalise { get; init; } = true;

    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>The JSON report's path.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The page's path.</summary>
    public string? HtmlPath { get; init; }

    /// <summary>What is out of range or does not go together; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (string fault in GuardOptions.FaultsOf(Evaluation.Threshold))
        {
            yield return fault;
        }

        if (Evaluation.Resamples is < 0 or > 1_000_000)
        {
            yield return $"--resamples: found {Evaluation.Resamples}, expected 0 to 1000000";
        }

        if (Evaluation.BatchSize is < 1 or > 65_536)
        {
            yield return $"--batch: found {Evaluation.BatchSize}, expected 1 to 65536";
        }

        if (JsonPath is not null && HtmlPath is not null && Path.GetFullPath(JsonPath) == Path.GetFullPath(HtmlPath))
        {
            yield return "--out and --html: expected two files, found one";
        }
    }
}
