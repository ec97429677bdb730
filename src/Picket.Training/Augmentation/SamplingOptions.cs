namespace Picket.Training.Augmentation;

/// <summary>How a model samples. The paper states none of it (METHODS.md 1.2).</summary>
public sealed record SamplingOptions
{
    /// <summary>Temperature, 0 to 2; <see langword="null"/> (the default) leaves it to the server.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling, above 0 up to 1; <see langword="null"/> (the default) leaves it to the server.</summary>
    public double? TopP { get; init; }

    /// <summary>The most tokens of an answer, 1 to 100,000. Default: 512.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>What is out of its range; none when all is well.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (Temperature is null or (>= 0 and <= 2), "temperature", "0 to 2", Temperature ?? 0),
        (TopP is null or (> 0 and <= 1), "top_p", "above 0, at most 1", TopP ?? 0),
        (MaxTokens is >= 1 and <= 100_000, "max_tokens", "1 to 100000", MaxTokens));

    /// <summary>One line that differs wherever the sampling does.</summary>
    public override string ToString() => $"temperature {Temperature?.ToString() ?? "-"}, top_p {TopP?.ToString() ?? "-"}, max_tokens {MaxTokens}";
}
