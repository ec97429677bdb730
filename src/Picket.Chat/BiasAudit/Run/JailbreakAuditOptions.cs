namespace Picket.Chat;

/// <summary>How a <see cref="JailbreakAuditor"/> asks.</summary>
public sealed record JailbreakAuditOptions
{
    /// <summary>Sampling temperature. Default: 0.7, that of the paper's Table 7; <see langword="null"/> leaves it to the server.</summary>
    public double? Temperature { get; init; } = 0.7;

    /// <summary>The most tokens of an answer. Default: 512, as in the published program.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>Sends a seed of its own with each trial. Default: true; some servers refuse the field.</summary>
    public bool RequestSeeds { get; init; } = true;

    /// <summary>Requests under way at a time, 1 to 1024. Default: 8.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>The most requests, those of earlier runs in the journal included; <see langword="null"/> (the default) sets no limit.</summary>
    public long? MaxRequests { get; init; }

    /// <summary>
    /// The tokens, read and written, after which nothing more is asked; what is under way then still comes. <see langword="null"/> (the default)
    /// sets no limit. Answers whose tokens the server does not count are free.
    /// </summary>
    public long? MaxTotalTokens { get; init; }

    /// <summary>Keeps the answers in the journal. Default: no; nobody can judge them again then.</summary>
    public bool KeepsAnswers { get; init; }

    /// <summary>What is out of its range; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (Temperature is { } temperature && !(temperature is >= 0 and <= 2))
        {
            yield return $"temperature: expected 0 to 2, found {temperature}";
        }

        if (MaxTokens is < 1 or > 1_000_000)
        {
            yield return $"max tokens: expected 1 to 1000000, found {MaxTokens}";
        }

        if (Concurrency is < 1 or > 1024)
        {
            yield return $"concurrency: expected 1 to 1024, found {Concurrency}";
        }

        if (MaxRequests < 1)
        {
            yield return $"max requests: expected 1 or more, found {MaxRequests}";
        }

        if (MaxTotalTokens < 1)
        {
            yield return $"max total tokens: expected 1 or more, found {MaxTotalTokens}";
        }
    }
}
