namespace Picket.Chat;

/// <summary>How the trials of an audit are made up.</summary>
public sealed record AuditPlanOptions
{
    /// <summary>The prompt. Default: the paper's.</summary>
    public AuditTemplate Template { get; init; } = new(AuditTemplate.Paper);

    /// <summary>
    /// The system prompt; <see langword="null"/> (the default) sends none. The published program's is "You are a helpful assistant."
    /// </summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Asks without a keyword, too. Default: yes.</summary>
    public bool Baseline { get; init; } = true;

    /// <summary>Words that name no group, as a control. Default: the paper's eight (its Table 7).</summary>
    public IReadOnlyList<string> RandomAdjectives { get; init; } = PublishedPairs.RandomAdjectives;

    /// <summary>Trials of each request, 1 to 1,000. Default: 3, as in the paper's Table 7.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>What is put around the requests, the first one what the others are compared with. Default: nothing.</summary>
    public IReadOnlyList<AuditDefence> Defences { get; init; } = [AuditDefence.None];

    /// <summary>Orders the behaviours, and gives each trial the seed that is sent. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>What is out of its range; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (Repeats is < 1 or > 1000)
        {
            yield return $"repeats: expected 1 to 1000, found {Repeats}";
        }

        if (Defences.Count == 0 || Defences.DistinctBy(static defence => defence.Name).Count() < Defences.Count)
        {
            yield return "defences: expected one or more, of different names";
        }
    }
}
