namespace Picket.Chat;

/// <summary>Which probability a <see cref="ChatCompletionGuard"/> reads off the decision token.</summary>
public enum GuardProbability
{
    /// <summary>
    /// Two-way softmax over the words: p = e^u / (e^s + e^u), u and s the log-probabilities of the unsafe and the safe word (SafeRoute,
    /// METHODS.md section 2.1; HarmAug's <c>get_soft_label</c>, section 1.4). What the model puts on other tokens is left out, so the two sides
    /// add up to 1 and 0.5 is where the model itself changes sides.
    /// </summary>
    TwoWay,

    /// <summary>
    /// The unsafe word's probability over the full vocabulary, e^u, as HarmAug scores with its teacher (METHODS.md section 1.4). Lower than
    /// two-way by what leaks to other tokens: a model that is about to say something else counts as safe.
    /// </summary>
    FullVocabulary,
}

/// <summary>How a <see cref="ChatCompletionGuard"/> asks its server and reads its answers.</summary>
public sealed class ChatGuardOptions : RemoteOptions
{
    /// <summary>The defaults.</summary>
    public ChatGuardOptions()
    {
    }

    /// <summary>Calls the server as <paramref name="transport"/> says.</summary>
    public ChatGuardOptions(RemoteOptions transport)
        : base(transport)
    {
    }

    /// <summary>The service to ask; <see langword="null"/> (the default) for the template's own (<see cref="GuardTemplate.Service"/>).</summary>
    public GuardService? Service { get; init; }

    /// <summary>Which probability is read. Default: two-way.</summary>
    public GuardProbability Probability { get; init; }

    /// <summary>
    /// Likeliest tokens to ask for at each place, 2 to 100; OpenAI and vLLM give up to 20, TGI up to 5. A word that is not among them counts as
    /// impossible, which is wrong by less than the least of them. Default: 20.
    /// </summary>
    public int TopLogprobs { get; init; } = 20;

    /// <summary>
    /// A word between safe and unsafe (Qwen3Guard's <c>Controversial</c>) counts as unsafe, its publisher's strict mode; else as safe, the loose
    /// one. Default: unsafe.
    /// </summary>
    public bool ControversialIsUnsafe { get; init; } = true;

    /// <summary>As <see cref="GeneratorOptions.WritesBeginToken"/>. Default: no.</summary>
    public bool WritesBeginToken { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => TopLogprobs is >= 2 and <= 100
        ? base.Faults()
        : base.Faults().Append($"top logprobs: expected 2 to 100, found {TopLogprobs}");
}
