namespace Picket.Training.Labelling;

/// <summary>How the labels of a teacher compare with those that the rows came with. It holds ids and names, and no text of a row.</summary>
public sealed record DisagreementReport
{
    /// <summary>The schema's version, raised when a field changes its meaning or goes.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>When the rows were labelled, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of Picket that made it.</summary>
    public required string PicketVersion { get; init; }

    /// <summary>The file that was labelled, without its folder.</summary>
    public required string Input { get; init; }

    /// <summary>The labelled file, without its folder.</summary>
    public required string Output { get; init; }

    /// <summary>Who labelled.</summary>
    public required GuardDescription Teacher { get; init; }

    /// <summary>Unsafe from this probability on.</summary>
    public required double Threshold { get; init; }

    /// <summary>Whether the output has the old labels where there were some.</summary>
    public required bool KeptLabels { get; init; }

    /// <summary>All rows.</summary>
    public required Disagreement Overall { get; init; }

    /// <summary>By source.</summary>
    public required DisagreementBreakdown Sources { get; init; }

    /// <summary>By category.</summary>
    public required DisagreementBreakdown Categories { get; init; }

    /// <summary>All rows by the teacher's probability, in 20 bins.</summary>
    public required IReadOnlyList<ProbabilityBin> Histogram { get; init; }

    /// <summary>The rows on which teacher and label differ most, the most surprising first.</summary>
    public required IReadOnlyList<SurprisingRow> Surprising { get; init; }
}
