namespace Picket.Training.Augmentation;

/// <summary>Why a text is dropped. It names rows and holds no text.</summary>
/// <param name="Rule">The rule that dropped it, one of <see cref="FilterRules"/>.</param>
/// <param name="MatchId">The id of the row that it repeats.</param>
/// <param name="Jaccard">The Jaccard index of the two shingle sets, where the rule compares them.</param>
public sealed record FilterHit(string Rule, string MatchId, double? Jaccard = null);

/// <summary>The names of the rules in hits, journals and reports.</summary>
public static class FilterRules
{
    /// <summary>The words of an earlier text.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Nearly the words of an earlier text.</summary>
    public const string NearDuplicate = "near_duplicate";

    /// <summary>The words of an evaluation row.</summary>
    public const string EvaluationExact = "evaluation_exact";

    /// <summary>A run of words of an evaluation row.</summary>
    public const string EvaluationNGram = "evaluation_n_gram";

    /// <summary>Nearly the words of an evaluation row.</summary>
    public const string EvaluationNearDuplicate = "evaluation_near_duplicate";
}
