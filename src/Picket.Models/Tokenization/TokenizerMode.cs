namespace Picket.Models.Tokenization;

/// <summary>Whose reading of one and the same vocabulary: the three differ in a few texts of a hundred.</summary>
public enum TokenizerMode
{
    /// <summary>
    /// The Rust library's (<c>AutoTokenizer</c> of transformers 4): a run of unknown characters is one [UNK]; sums are double, word by word.
    /// </summary>
    HuggingFaceFast,

    /// <summary>sentencepiece's own: unknown characters become byte pieces where the model has them; sums are float, over the whole text.</summary>
    SentencePiece,

    /// <summary>transformers 4 with <c>use_fast=False</c>: sentencepiece between the special tokens, and its own rule of truncation.</summary>
    HuggingFaceSlow,
}

/// <summary>The names that configuration uses.</summary>
public static class TokenizerModes
{
    private static readonly (TokenizerMode Mode, string Name)[] s_names =
    [
        (TokenizerMode.HuggingFaceFast, "huggingface-fast"),
        (TokenizerMode.SentencePiece, "sentencepiece"),
        (TokenizerMode.HuggingFaceSlow, "huggingface-slow"),
    ];

    /// <summary>The name of <paramref name="mode"/>, for instance <c>huggingface-fast</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public static string Name(TokenizerMode mode)
    {
        foreach ((TokenizerMode known, string name) in s_names)
        {
            if (known == mode)
            {
                return name;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(mode), mode, "expected one of the three modes");
    }

    /// <summary>The mode of a name.</summary>
    /// <param name="name">As <see cref="Name"/> gives it.</param>
    /// <param name="where">The file and field that the name was read from, for the error.</param>
    /// <exception cref="PicketException">There is no mode of this name.</exception>
    public static TokenizerMode Parse(string name, string where)
    {
        foreach ((TokenizerMode mode, string known) in s_names)
        {
            if (known == name)
            {
                return mode;
            }
        }

        string names = string.Join(", ", s_names.Select(static entry => entry.Name));
        throw new PicketException($"{where}: expected one of {names}, found {Shown.Text(name)}");
    }
}
