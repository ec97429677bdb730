namespace Picket.Ablation;

/// <summary>A line of HarmAug's table 1 (arXiv 2410.01524 v3; METHODS.md 1.9), the mean of three seeds; F1 and AUPRC of each set.</summary>
/// <param name="Line">The line, as the paper names it.</param>
/// <param name="OpenAi">OpenAI Moderation.</param>
/// <param name="ToxicChat">ToxicChat.</param>
/// <param name="HarmBench">HarmBench.</param>
/// <param name="WildGuard">WildGuardMix, test split.</param>
/// <param name="Average">Over the four.</param>
internal sealed record PaperFigures(
    string Line, SetFigures OpenAi, SetFigures ToxicChat, SetFigures HarmBench, SetFigures WildGuard, SetFigures Average)
{
    /// <summary>The lines that the arms are after, and the teacher's.</summary>
    public static IReadOnlyList<PaperFigures> Lines { get; } =
    [
        new("DeBERTa (plain KD)", new(0.7092, 0.7869), new(0.6118, 0.6837), new(0.8379, 0.8806), new(0.7507, 0.8337), new(0.7274, 0.7962)),
        new("DeBERTa + EDA", new(0.6858, 0.8394), new(0.5964, 0.7141), new(0.8430, 0.8793), new(0.7279, 0.8315), new(0.7133, 0.8161)),
        new("DeBERTa + HarmAug", new(0.7236, 0.8791), new(0.6283, 0.7553), new(0.8331, 0.8841), new(0.7576, 0.8265), new(0.7357, 0.8362)),
        new("Llama-Guard-3 (teacher)", new(0.8061, 0.8869), new(0.4859, 0.4823), new(0.8551, 0.8999), new(0.6852, 0.8129), new(0.7080, 0.7720)),
    ];

    /// <summary>The paper's figure for one of <see cref="EvaluationSets"/>; <see langword="null"/> where it has none.</summary>
    public SetFigures? On(string set) => set switch
    {
        "openai-moderation" => OpenAi,
        "harmbench-val-response" => HarmBench,
        "wildguardtest-response" => WildGuard,
        _ => null,
    };
}
