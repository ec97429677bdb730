namespace Picket.Training.RouterTraining;

/// <summary>How rows are paraphrased. The defaults are the method's.</summary>
public sealed record ParaphraseOptions
{
    /// <summary>Paraphrases a row; 1 to 100.</summary>
    public int Copies { get; init; } = 7;

    /// <summary>Sampling temperature; 0 to 2.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>The most tokens of an answer; 1 to 100,000.</summary>
    public int MaxTokens { get; init; } = 1024;

    /// <summary>Share of the prompts that is held out; 0 to 0.5.</summary>
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Requests at a time; 1 to 1,024.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Seed of the first request; each has its own, where the server honours it.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Every value that is out of range, or nothing.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (Copies is >= 1 and <= 100, "copies", "1 to 100", Copies),
        (Temperature is >= 0 and <= 2, "temperature", "0 to 2", Temperature),
        (MaxTokens is >= 1 and <= 100_000, "max_tokens", "1 to 100000", MaxTokens),
        (HeldOutShare is >= 0 and <= 0.5, "held_out_share", "0 to 0.5", HeldOutShare),
        (Concurrency is >= 1 and <= 1024, "concurrency", "1 to 1024", Concurrency));
}
