namespace Picket.Cli;

/// <summary>What the words of a <c>picket check</c> come to.</summary>
internal sealed record CheckSettings
{
    /// <summary>The text given as an argument.</summary>
    public string? Text { get; init; }

    /// <summary>A path; <see langword="null"/> and <c>-</c> are standard input.</summary>
    public string? File { get; init; }

    public string? Response { get; init; }

    public bool JsonLines { get; init; }

    public bool KeepGoing { get; init; }

    public bool Json { get; init; }

    /// <summary>Say what the routers decided.</summary>
    public bool Explain { get; init; }

    public double? Threshold { get; init; }

    public string? GuardDirectory { get; init; }

    public bool Normalise { get; init; } = true;

    public bool ReadsStandardInput => Text is null && File is null or "-";

    /// <summary>How messages name the input.</summary>
    public string InputName => File is null or "-" ? "<stdin>" : File;

    /// <summary>What does not go together; none when all does.</summary>
    public IEnumerable<string> Faults()
    {
        if (Text is not null && File is not null)
        {
            yield return "expected TEXT or --file, found both";
        }

        if (Text is not null && JsonLines)
        {
            yield return "--jsonl reads --file or standard input, found TEXT";
        }

        if (Response is not null && JsonLines)
        {
            yield return "--jsonl takes each row's own response, found --response";
        }

        if (KeepGoing && !JsonLines)
        {
            yield return "--keep-going needs --jsonl";
        }

        foreach (string fault in GuardOptions.FaultsOf(Threshold))
        {
            yield return fault;
        }
    }
}
