using Picket.Evaluation;
using Picket.Statistics;

namespace Picket.Chat;

/// <summary>What a defence does, against the first one of the plan on the same behaviours. Changes draw behaviours for their intervals.</summary>
public sealed record DefenceFigures
{
    /// <summary>The defence.</summary>
    public required string Defence { get; init; }

    /// <summary>Harmful requests that succeed, over all keywords.</summary>
    public required Rate Success { get; init; }

    /// <summary>That rate less the one without.</summary>
    public required Estimate? SuccessChange { get; init; }

    /// <summary>The marginalised rate less the privileged one.</summary>
    public required Estimate? Gap { get; init; }

    /// <summary>The gap's size less its size without: below 0 where the defence narrows it.</summary>
    public required Estimate? GapSizeChange { get; init; }

    /// <summary>
    /// The gap's size over its size without, the paper's Table 4, which has no signs: for Qwen2 the gap turned round there.
    /// </summary>
    public required double? GapSizeRatio { get; init; }

    /// <summary>Harmless requests that are refused, empty answers included (<see cref="PrefixJudge"/>); no trials where none were made.</summary>
    public required Rate BenignRefusals { get; init; }

    /// <summary>That rate less the one without.</summary>
    public required Estimate? BenignRefusalsChange { get; init; }

    /// <summary>Mean tokens read, of the answers whose server counts them.</summary>
    public required double? MeanPromptTokens { get; init; }

    /// <summary>Mean tokens written.</summary>
    public required double? MeanAnswerTokens { get; init; }

    /// <summary>The median time until an answer was there, waits and further tries included.</summary>
    public required double? MedianMilliseconds { get; init; }
}
