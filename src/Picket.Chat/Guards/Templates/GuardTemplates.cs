namespace Picket.Chat;

/// <summary>The guards that <see cref="ChatCompletionGuard"/> knows.</summary>
public static class GuardTemplates
{
    /// <summary>
    /// Llama Guard 3 8B, <c>llama-guard-3</c>: <c>safe</c> or <c>unsafe</c>, then a line of S1 to S14. Source: Meta's own
    /// <c>prompt_format_utils.py</c> (llama-recipes) and <c>llama_guard.py</c> (llama-stack), which agree with the tokenizer's template as
    /// Meta's notebook prints it.
    /// </summary>
    public static GuardTemplate LlamaGuard3 { get; } = LlamaGuardPrompt.Template("llama-guard-3", categories: 14);

    /// <summary>Llama Guard 3 1B, <c>llama-guard-3-1b</c>: the same without S14.</summary>
    public static GuardTemplate LlamaGuard3Small { get; } = LlamaGuardPrompt.Template("llama-guard-3-1b", categories: 13);

    /// <summary>
    /// Granite Guardian 3.0 and 3.1, <c>granite-guardian-3</c>, for the risk "harm": <c>Yes</c> or <c>No</c>, whose forms are added up as IBM's
    /// <c>get_probabilities</c> does. Source: the tokenizer's template. 3.2 has another wording: ask it through chat completions, the default,
    /// where the server renders its own.
    /// </summary>
    public static GuardTemplate GraniteGuardian3 { get; } = GranitePrompt.Template;

    /// <summary>
    /// ShieldGemma, <c>shieldgemma</c>: one prompt for each of its four guidelines, <c>Yes</c> where the text violates it; the greatest
    /// probability counts and its guideline is the category. Source: the tokenizer's template of <c>google/shieldgemma-9b</c> (the two spaces
    /// in "must  start" are its own) and the guidelines of the model card. Through completions alone: the template wants the guideline beside
    /// the conversation, and chat servers have no common place for it.
    /// </summary>
    public static GuardTemplate ShieldGemma { get; } = ShieldGemmaPrompt.Template;

    /// <summary>
    /// WildGuard, <c>wildguard</c>: three lines of yes or no, of which the request's or the response's counts. Source: <c>wildguard/utils.py</c>
    /// of allenai/wildguard. Through completions alone: the model has no chat template.
    /// </summary>
    public static GuardTemplate WildGuard { get; } = WildGuardPrompt.Template;

    /// <summary>
    /// Qwen3Guard-Gen, <c>qwen3guard</c>: <c>Safety: Safe</c>, <c>Controversial</c> or <c>Unsafe</c>, then its categories. Source: the
    /// repository QwenLM/Qwen3Guard for the answers; the rendered prompt is the tokenizer's template as two independent projects quote it.
    /// </summary>
    public static GuardTemplate Qwen3Guard { get; } = Qwen3GuardPrompt.Template;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GuardTemplate> All { get; } =
        [LlamaGuard3, LlamaGuard3Small, GraniteGuardian3, ShieldGemma, WildGuard, Qwen3Guard];

    /// <summary>The template that a configuration names.</summary>
    /// <exception cref="PicketException">There is none of that name; the message lists them.</exception>
    public static GuardTemplate Find(string name) =>
        All.FirstOrDefault(template => template.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new PicketException(
            $"guard template: expected {string.Join(", ", All.Select(static template => template.Name))}; found '{name}'");
}
