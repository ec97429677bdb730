namespace Picket.Models.Tokenization;

/// <summary>What either format of file says.</summary>
internal sealed record TokenizerModel(string File, Vocabulary Vocabulary)
{
    public required int Unknown { get; init; }

    public required IReadOnlyList<AddedToken> Added { get; init; }

    /// <summary>The rewriting of characters; <see langword="null"/> for none.</summary>
    public CharacterMap? Characters { get; init; }

    public WhitespaceRules Whitespace { get; init; } = new();

    /// <summary>The 256 ids of the byte pieces where characters without a piece become bytes.</summary>
    public int[]? BytePieces { get; init; }

    /// <summary>Whether the fast library makes bytes of them too: where a <c>tokenizer.json</c> says so, which the converter never writes.</summary>
    public bool ConvertsUnknownInFast { get; init; }

    /// <summary>Whether a file of Hugging Face's fast library trims a text and makes one of several spaces.</summary>
    public bool Strips { get; init; } = true;

    public bool CollapsesSpaces { get; init; } = true;
}

/// <summary>The fields of sentencepiece's <c>NormalizerSpec</c> and <c>TrainerSpec</c> that treat white space.</summary>
internal sealed record WhitespaceRules(
    bool AddDummyPrefix = true, bool RemoveExtra = true, bool Escape = true, bool AsSuffix = false);
