namespace Picket.Models.NGram;

/// <summary>Everything that fixes which n-grams a text gives and how large the network over them is.</summary>
public sealed record NGramShape
{
    /// <summary>Rows of the embedding table: 2 to this power; 10 to 24.</summary>
    public int BucketBits { get; init; } = 20;

    /// <summary>Floats in an embedding; a multiple of 8, 8 to 64.</summary>
    public int Dimension { get; init; } = 16;

    /// <summary>Width of the hidden vector, which is the score's features; 8 to 256.</summary>
    public int Hidden { get; init; } = 32;

    /// <summary>Longest word n-gram; 1 to 3.</summary>
    public int WordOrder { get; init; } = 2;

    /// <summary>Shortest character n-gram; word boundaries count as characters.</summary>
    public int MinChars { get; init; } = 2;

    /// <summary>Longest character n-gram; at most 8.</summary>
    public int MaxChars { get; init; } = 4;

    /// <summary>Characters of a field that are scored at once; longer fields take several windows.</summary>
    public int WindowChars { get; init; } = 3000;

    /// <summary>Characters that neighbouring windows share at least.</summary>
    public int OverlapChars { get; init; } = 300;

    /// <summary>Every fault of the values, or nothing.</summary>
    public IEnumerable<string> Faults()
    {
        if (BucketBits is < 10 or > 24)
        {
            yield return $"bucket_bits: expected 10 to 24, found {BucketBits}";
        }

        if (Dimension is < 8 or > 64 || Dimension % 8 != 0)
        {
            yield return $"dimension: expected a multiple of 8 from 8 to 64, found {Dimension}";
        }

        if (Hidden is < 8 or > 256 || Hidden % 8 != 0)
        {
            yield return $"hidden: expected a multiple of 8 from 8 to 256, found {Hidden}";
        }

        if (WordOrder is < 1 or > 3)
        {
            yield return $"word_order: expected 1 to 3, found {WordOrder}";
        }

        if (MinChars < 1 || MaxChars > 8 || MinChars > MaxChars)
        {
            yield return $"min_chars and max_chars: expected 1 <= min <= max <= 8, found {MinChars} and {MaxChars}";
        }

        if (OverlapChars < 0 || WindowChars < 64 || OverlapChars > WindowChars / 2)
        {
            yield return $"window_chars and overlap_chars: expected at least 64 and at most half of it, found {WindowChars} and {OverlapChars}";
        }
    }
}
