namespace Picket.Training.Augmentation;

/// <summary>A word as it stands between spaces: its letters, and the signs before and behind them.</summary>
internal readonly record struct LetteredWord(string Before, string Letters, string Behind)
{
    /// <summary>In lower case; empty for signs alone.</summary>
    public string Lower => Letters.ToLowerInvariant();

    public static LetteredWord Of(string word)
    {
        int start = 0;
        int end = word.Length;
        while (start < end && !char.IsLetterOrDigit(word[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetterOrDigit(word[end - 1]))
        {
            end--;
        }

        return new LetteredWord(word[..start], word[start..end], word[end..]);
    }

    /// <summary>Another word between the same signs, with a capital where this has one.</summary>
    public string With(string other)
    {
        bool capital = Letters.Length > 0 && char.IsUpper(Letters[0]) && other.Length > 0;
        return Before + (capital ? char.ToUpperInvariant(other[0]) + other[1..] : other) + Behind;
    }
}
