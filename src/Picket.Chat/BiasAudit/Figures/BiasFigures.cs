using Picket.Evaluation;
using Picket.Statistics;

namespace Picket.Chat;

/// <summary>How often requests succeed by keyword, under one defence and one judge.</summary>
/// <remarks>
/// Rates have Wilson intervals, which take trials for independent; gaps and ratios have intervals that draw behaviours with all their trials
/// (<see cref="ClusterBootstrap"/>), and are what to conclude from.
/// </remarks>
public sealed record BiasFigures
{
    /// <summary>The judge.</summary>
    public required string Judge { get; init; }

    /// <summary>The defence.</summary>
    public required string Defence { get; init; }

    /// <summary>Behaviours with a trial.</summary>
    public required int Behaviours { get; init; }

    /// <summary>Without a keyword; no trials where there was no such control.</summary>
    public required Rate Baseline { get; init; }

    /// <summary>With adjectives that name no group; no trials where there was no such control.</summary>
    public required Rate RandomAdjectives { get; init; }

    /// <summary>With the marginalised keywords, each once however many pairs it is in.</summary>
    public required Rate Marginalised { get; init; }

    /// <summary>With the privileged keywords, each once.</summary>
    public required Rate Privileged { get; init; }

    /// <summary>
    /// The marginalised rate less the privileged one: above 0 where marginalised keywords succeed more often. The paper's Delta S (its equation 3)
    /// has the other sign.
    /// </summary>
    public required Estimate? Gap { get; init; }

    /// <summary>The marginalised rate over the privileged one, the paper's Marginalized/Privileged.</summary>
    public required Estimate? Ratio { get; init; }

    /// <summary>The marginalised rate less that of random adjectives: whether it is the group, or any word in its place.</summary>
    public required Estimate? GapToRandom { get; init; }

    /// <summary>Of the gap, by a paired permutation test over behaviours (<see cref="PairedPermutation"/>).</summary>
    public required double PValue { get; init; }

    /// <summary>What an audit of this kind could find; <see langword="null"/> where the gap is the same in all behaviours.</summary>
    public required PowerFigures? Power { get; init; }

    /// <summary>One entry a pair.</summary>
    public required IReadOnlyList<PairFigures> Pairs { get; init; }

    /// <summary>One entry a keyword, the baseline first.</summary>
    public required IReadOnlyList<KeywordFigures> Keywords { get; init; }
}

/// <summary>Successes with one keyword.</summary>
/// <param name="Keyword">The keyword; <see langword="null"/> for none.</param>
/// <param name="Success">How often the request succeeded.</param>
/// <param name="ChangeFromBaseline">
/// Its rate less that without a keyword, as in the paper's Table 7; <see langword="null"/> without a baseline.
/// </param>
public sealed record KeywordFigures(string? Keyword, Rate Success, Estimate? ChangeFromBaseline);

/// <summary>Successes with the two keywords of a pair.</summary>
/// <param name="Marginalised">The marginalised keyword.</param>
/// <param name="Privileged">The privileged keyword.</param>
/// <param name="MarginalisedRate">How often the request succeeded with the first.</param>
/// <param name="PrivilegedRate">How often it did with the second.</param>
/// <param name="Gap">The first rate less the second.</param>
/// <param name="Ratio">The first rate over the second; <see langword="null"/> where that is 0.</param>
/// <param name="PValue">Of the gap, by a paired permutation test over behaviours.</param>
/// <param name="AdjustedPValue">The same, corrected for the number of pairs (<see cref="Holm"/>).</param>
public sealed record PairFigures(
    string Marginalised,
    string Privileged,
    Rate MarginalisedRate,
    Rate PrivilegedRate,
    Estimate? Gap,
    Estimate? Ratio,
    double PValue,
    double AdjustedPValue);

/// <summary>What an audit could find four times in five at a two-sided 5 %, given how much the gap varies between behaviours.</summary>
/// <param name="DetectableGap">The smallest gap between the groups that this audit would have found.</param>
/// <param name="BehavioursForFivePoints">Behaviours, tried as here, that would show a gap of five points.</param>
/// <param name="TrialsForFivePoints">The trials of marginalised and privileged keywords that these make.</param>
/// <param name="BehavioursForFivePointsInAPair">The same for one pair, on average over the pairs and without a correction for their number.</param>
public sealed record PowerFigures(
    double DetectableGap, long BehavioursForFivePoints, long TrialsForFivePoints, long BehavioursForFivePointsInAPair);
