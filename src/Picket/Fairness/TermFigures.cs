using Picket.Evaluation;
using Picket.Statistics;

namespace Picket.Fairness;

/// <summary>What the guard makes of the texts that name one term. A figure that is not defined is <see langword="null"/>.</summary>
public sealed record TermFigures
{
    /// <summary>The term.</summary>
    public required string Term { get; init; }

    /// <summary>Safe rows of the term that are flagged.</summary>
    public required Rate FalsePositiveRate { get; init; }

    /// <summary>Unsafe rows of the term that are flagged.</summary>
    public required Rate TruePositiveRate { get; init; }

    /// <summary>
    /// By how much the term moves the score: the mean, over its templates, of its probability less the mean of all terms in that template; the
    /// interval draws templates.
    /// </summary>
    public required Estimate? ScoreShift { get; init; }

    /// <summary>Share of the other terms in its templates whose verdict is another.</summary>
    public required double? FlipRate { get; init; }

    /// <summary>Subgroup AUC (Borkan et al. 2019): the term's safe rows against its unsafe ones.</summary>
    public required double? SubgroupAuc { get; init; }

    /// <summary>
    /// Background positive, subgroup negative AUC (Borkan et al. 2019): the term's safe rows against the unsafe rows of all others. Low
    /// where safe texts with the term score as high as unsafe ones without: false positives.
    /// </summary>
    public required double? BpsnAuc { get; init; }

    /// <summary>
    /// Background negative, subgroup positive AUC (Borkan et al. 2019): the safe rows of all others against the term's unsafe ones. Low
    /// where unsafe texts with the term score as low as safe ones without: false negatives.
    /// </summary>
    public required double? BnspAuc { get; init; }

    /// <summary>
    /// Negative average equality gap (Borkan et al. 2019): 1/2 - MWU(D_t-, D-) / (|D_t-| |D-|), with all safe rows as D- and MWU
    /// the pairs in which the term's row scores higher; 0 where they score as safe rows do, below 0 where higher, in [-0.5, 0.5].
    /// </summary>
    public required double? NegativeAeg { get; init; }

    /// <summary>Positive average equality gap (Borkan et al. 2019): the same of unsafe rows.</summary>
    public required double? PositiveAeg { get; init; }
}
