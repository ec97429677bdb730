namespace Picket.Training.Augmentation;

/// <summary>What a language model is to continue.</summary>
/// <param name="Messages">The conversation so far.</param>
/// <param name="AssistantPrefix">
/// How the assistant's turn begins, which the model continues; empty where the model begins it itself.
/// </param>
/// <param name="Exemplars">The places in the pool of the exemplars that were drawn, in their order.</param>
public sealed record GenerationPrompt(IReadOnlyList<PromptMessage> Messages, string AssistantPrefix, IReadOnlyList<int> Exemplars)
{
    /// <summary>Names no text.</summary>
    public override string ToString() => $"GenerationPrompt {{ {Messages.Count} messages, exemplars {string.Join(", ", Exemplars)} }}";
}
