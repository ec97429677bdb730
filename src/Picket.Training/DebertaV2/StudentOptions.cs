namespace Picket.Training.DebertaV2;

/// <summary>Which DeBERTa is trained, and how its passes are done.</summary>
public sealed record StudentOptions
{
    /// <summary>
    /// What it starts from: a Hugging Face folder (weights, configuration, tokenizer), or a <c>config.json</c> for random weights, which needs
    /// <see cref="Tokenizer"/>.
    /// </summary>
    public string From { get; init; } = "";

    /// <summary>A folder or file of a tokenizer (<c>spm.model</c> or <c>tokenizer.json</c>); empty for that of <see cref="From"/>.</summary>
    public string Tokenizer { get; init; } = "";

    /// <summary>Tokens of an input, special ones included; longer ones are cut longest-first. 0 for the configuration's maximum.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Share of elements that dropout leaves out of hidden states and of the classifier's input.</summary>
    public float HiddenDropout { get; init; } = 0.1f;

    /// <summary>Share of attention probabilities that dropout leaves out.</summary>
    public float AttentionDropout { get; init; } = 0.1f;

    /// <summary>Whether a layer's inner values are computed again for the backward pass instead of kept: a third more time, far less memory.</summary>
    public bool Checkpointing { get; init; }

    /// <summary>Threads; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Every fault of the values, or nothing.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        Require(From.Length > 0, "from: expected a folder of Hugging Face's or a config.json, found nothing");
        Require(MaxTokens is 0 or (>= 8 and <= 65536), $"max_tokens: expected 0 or 8 to 65536, found {MaxTokens}");
        Require(HiddenDropout is >= 0 and < 1, $"hidden_dropout: expected 0 to below 1, found {HiddenDropout}");
        Require(AttentionDropout is >= 0 and < 1, $"attention_dropout: expected 0 to below 1, found {AttentionDropout}");
        Require(Threads >= 0, $"threads: expected 0 or more, found {Threads}");
        return faults;

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    /// <summary>The same options with names in place of paths, for model cards: another machine has other folders.</summary>
    internal StudentOptions WithoutFolders() => this with { From = Named(From), Tokenizer = Named(Tokenizer) };

    private static string Named(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
