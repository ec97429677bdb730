namespace Picket.Ablation;

/// <summary>The sets of dev-eval that the tables hold.</summary>
internal static class EvaluationSets
{
    /// <summary>Prompts first, then pairs.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["openai-moderation", "wildguardtest-prompt", "xstest", "harmbench-val-response", "wildguardtest-response"];
}
