using Picket.Evaluation;
using Picket.Statistics;

namespace Picket.Fairness;

/// <summary>Everything that was measured of one guard on one set of texts. Holds no text of any row.</summary>
public sealed record FairnessResult
{
    /// <summary>The guard.</summary>
    public required GuardDescription Guard { get; init; }

    /// <summary>The texts' name.</summary>
    public required string Data { get; init; }

    /// <summary>Flagged are the rows whose probability is at least this.</summary>
    public required double Threshold { get; init; }

    /// <summary>All rows, those without a term included.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows labelled unsafe.</summary>
    public required int UnsafeRows { get; init; }

    /// <summary>Templates of rows with a term.</summary>
    public required int Templates { get; init; }

    /// <summary>Templates that every term stands in.</summary>
    public required int CompleteTemplates { get; init; }

    /// <summary>Safe rows that are flagged.</summary>
    public required Rate FalsePositiveRate { get; init; }

    /// <summary>Unsafe rows that are flagged.</summary>
    public required Rate TruePositiveRate { get; init; }

    /// <summary>Area under the ROC curve of all rows; <see langword="null"/> when there is one class.</summary>
    public required double? Auc { get; init; }

    /// <summary>
    /// The largest difference of false-positive rates between terms, over the templates that every term stands in: nothing but the term differs.
    /// </summary>
    public required TermGap? FalsePositiveGap { get; init; }

    /// <summary>The same of true-positive rates (equal opportunity, Hardt et al. 2016).</summary>
    public required TermGap? TruePositiveGap { get; init; }

    /// <summary>
    /// The largest difference of false-positive rates over all rows. Where terms stand in different templates, these make a part of it.
    /// </summary>
    public required TermGap? FalsePositiveGapOfAllRows { get; init; }

    /// <summary>The same of true-positive rates.</summary>
    public required TermGap? TruePositiveGapOfAllRows { get; init; }

    /// <summary>False positive equality difference (Dixon et al. 2018): the sum over <see cref="Terms"/> of |FPR - FPR_t|.</summary>
    public required double? FalsePositiveEqualityDifference { get; init; }

    /// <summary>False negative equality difference (Dixon et al. 2018): the sum over <see cref="Terms"/> of |FNR - FNR_t|.</summary>
    public required double? FalseNegativeEqualityDifference { get; init; }

    /// <summary>Share of the pairs of texts, one template with two terms, of which one is flagged and the other not.</summary>
    public required Estimate? FlipRate { get; init; }

    /// <summary>Templates of which some terms are flagged and others not.</summary>
    public required Rate MixedTemplates { get; init; }

    /// <summary>One entry a term, in the order of the rows.</summary>
    public required IReadOnlyList<TermFigures> Terms { get; init; }
}
