namespace Picket.Training.DebertaV2;

/// <summary>Which DeBERTa is trained, and how its passes are done.</summary>
public sealed record StudentOptions
{
    /// <summary>
    /// What it starts from: a Hugging Face folder (weights, configuration, tokenizer), or a <c>config.json</c> for random weights, with a
    /// tokenizer beside it or in <see cref="Tokenizer"/>.
    /// </summary>
    public string From { get; init; } = "";

    /// <summary>A folder or file of a tokenizer (<c>spm.model</c> or <c>tokenizer.json</c>); empty for that of <see cref="From"/>.</summary>
    public string Tokenizer { get; init; } = "";

    /// <summary>Tokens of an input, special ones included; longer ones are cut longest-first. 8 to 65,536, or 0 for the configuration's maximum.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Share of elements that dropout leaves out of hidden states and of the classifier's input; 0 to below 1.</summary>
    public float HiddenDropout { get; init; } = 0.1f;

    /// <summary>Share of attention probabilities that dropout leaves out; 0 to below 1.</summary>
    public float AttentionDropout { get; init; } = 0.1f;

    /// <summary>Whether a layer's inner values are computed again for the backward pass instead of kept: a third more time, far less memory.</summary>
    public bool Checkpointing { get; init; }

    /// <summary>Threads, 0 to 1,024; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Every value that is out of range or missing, or nothing. Files are not looked at.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (!string.IsNullOrWhiteSpace(From), "from", "a Hugging Face folder or a config.json", From),
        (MaxTokens is 0 or (>= 8 and <= 65536), "max_tokens", "0, or 8 to 65536", MaxTokens),
        (HiddenDropout is >= 0 and < 1, "hidden_dropout", "0 to below 1", HiddenDropout),
        (AttentionDropout is >= 0 and < 1, "attention_dropout", "0 to below 1", AttentionDropout),
        (Threads is >= 0 and <= 1024, "threads", "0 to 1024", Threads));

    /// <summary>The same options with names in place of paths, for model cards: another machine has other folders.</summary>
    internal StudentOptions WithoutFolders() => this with { From = Named(From), Tokenizer = Named(Tokenizer) };

    private static string Named(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
