namespace Picket.Chat;

/// <summary>What a model is asked for.</summary>
/// <param name="Turns">The conversation, the last turn the user's; a system turn comes first or not at all.</param>
public sealed record GenerationRequest(IReadOnlyList<ChatTurn> Turns)
{
    /// <summary>
    /// How the answer begins: the model goes on from its last character (METHODS.md section 1.2, the "prefix attack" of HarmAug).
    /// <see langword="null"/> or empty (the default) lets it begin itself.
    /// </summary>
    public string? AssistantPrefix { get; init; }

    /// <summary>Sampling temperature, 0 for the likeliest text; <see langword="null"/> (the default) leaves it to the server.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling, above 0 up to 1; <see langword="null"/> (the default) leaves it to the server.</summary>
    public double? TopP { get; init; }

    /// <summary>The most tokens of the answer; <see langword="null"/> (the default) leaves it to the server.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Texts that end the answer and do not stand in it. Servers take up to four. Default: none.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>The same seed gives the same answer where the server honours it; <see langword="null"/> (the default) sends none.</summary>
    public long? Seed { get; init; }

    /// <summary>Names sizes and never a text, so that a request that ends up in a log line discloses nothing.</summary>
    public override string ToString() =>
        $"GenerationRequest {{ Turns = {Turns.Count}, AssistantPrefix = {AssistantPrefix?.Length ?? 0} chars, Temperature = {Temperature}, "
        + $"TopP = {TopP}, MaxTokens = {MaxTokens}, Seed = {Seed} }}";
}
