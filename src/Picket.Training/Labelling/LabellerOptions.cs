namespace Picket.Training.Labelling;

/// <summary>How a <see cref="Labeller"/> labels.</summary>
public sealed record LabellerOptions
{
    /// <summary>Unsafe from this probability on, in [0, 1]. Default: 0.5 (HarmAug, arXiv 2410.01524, section 3.2).</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>
    /// A row that has a label keeps it, and gets the teacher's probability beside it; false (the default) replaces it with the teacher's.
    /// </summary>
    public bool KeepLabels { get; init; }

    /// <summary>
    /// The input's format, one of <see cref="Picket.Data.ExampleReader.Formats"/>; <see langword="null"/> (the default) recognises it by content.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>
    /// Rows scored in one call of the teacher, 1 to 65,536; what a kill costs at most, times <see cref="Parallelism"/>. Default: 32.
    /// </summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Calls of the teacher under way at a time, 1 to 1024. Default: one a processor.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Rows that the report names as the most surprising, 0 to 10,000. Default: 20.</summary>
    public int SurprisingRows { get; init; } = 20;

    /// <summary>
    /// Tells this teacher from every other one, so that no run goes on with the scores of another: a hash of its files, its address.
    /// <see langword="null"/> (the default) takes its kind and name.
    /// </summary>
    public string? TeacherIdentity { get; init; }

    /// <summary>What is out of its range; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (Threshold is not (>= 0 and <= 1))
        {
            yield return $"threshold: expected 0 to 1, found {Threshold}";
        }

        if (BatchSize is < 1 or > 65_536)
        {
            yield return $"batch size: expected 1 to 65536, found {BatchSize}";
        }

        if (Parallelism is < 1 or > 1024)
        {
            yield return $"parallelism: expected 1 to 1024, found {Parallelism}";
        }

        if (SurprisingRows is < 0 or > 10_000)
        {
            yield return $"surprising rows: expected 0 to 10000, found {SurprisingRows}";
        }
    }
}
