using Picket.Evaluation;

namespace Picket.Cli;

/// <summary>What the words of a <c>picket route eval</c> come to.</summary>
internal sealed record RouteEvalSettings
{
    /// <summary>Files of routing rows to measure on.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Files of routers.</summary>
    public IReadOnlyList<string> Routers { get; init; } = [];

    public string? Small { get; init; }

    public string? Large { get; init; }

    /// <summary>Texts of <see cref="Rows"/>.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Files of routing rows to poison.</summary>
    public IReadOnlyList<string> LearnRows { get; init; } = [];

    /// <summary>Texts of <see cref="LearnRows"/>.</summary>
    public IReadOnlyList<string> LearnData { get; init; } = [];

    public bool Normalise { get; init; } = true;

    public RouteEvaluationOptions Evaluation { get; init; } = new();

    /// <summary>The JSON report's path.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The page's path.</summary>
    public string? HtmlPath { get; init; }

    /// <summary>What is out of range or does not go together; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (string fault in Evaluation.Faults())
        {
            yield return $"--{fault.Replace('_', '-')}";
        }

        if (Data.Count > 0 && Small is null)
        {
            yield return "--data: expected --small to score the texts, found none";
        }

        if ((Small ?? Large) is not null && Data.Count == 0)
        {
            yield return "--small and --large: expected --data, the texts that they are to score, found none";
        }

        if ((LearnRows.Count == 0) != (LearnData.Count == 0))
        {
            yield return "--learn-rows and --learn-data: expected both or neither, found one";
        }

        if (LearnRows.Count > 0 && (Data.Count == 0 || Routers.Count == 0))
        {
            yield return "--learn-rows: expected --small, --data and --router beside it";
        }

        if (JsonPath is not null && HtmlPath is not null && Path.GetFullPath(JsonPath) == Path.GetFullPath(HtmlPath))
        {
            yield return "--out and --html: expected two files, found one";
        }
    }
}
