namespace Picket.Models.NGram;

/// <summary>Everything that fixes which n-grams a text gives and how large the network over them is.</summary>
/// <remarks>A positional record because generated JSON readers lose the default of an init-only property that a file leaves out.</remarks>
/// <param name="BucketBits">Rows of the embedding table: 2 to this power; 10 to 24.</param>
/// <param name="Dimension">Floats in an embedding; a multiple of 8, 8 to 64.</param>
/// <param name="Hidden">Width of the hidden vector, which is the score's features; a multiple of 8, 8 to 256.</param>
/// <param name="WordOrder">Longest word n-gram; 1 to 3.</param>
/// <param name="MinChars">Shortest character n-gram, from 1; word boundaries count as characters.</param>
/// <param name="MaxChars">Longest character n-gram; at most 8.</param>
/// <param name="WindowChars">Characters of a field that are scored at once, 64 to 1,000,000; longer fields take several windows.</param>
/// <param name="OverlapChars">Characters that neighbouring windows share at least; 0 to half a window.</param>
public sealed record NGramShape(
    int BucketBits = 20,
    int Dimension = 16,
    int Hidden = 32,
    int WordOrder = 2,
    int MinChars = 2,
    int MaxChars = 4,
    int WindowChars = 3000,
    int OverlapChars = 300)
{
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

        if (WindowChars is < 64 or > 1_000_000)
        {
            yield return $"window_chars: expected 64 to 1000000, found {WindowChars}";
        }

        if (OverlapChars < 0 || OverlapChars > WindowChars / 2)
        {
            yield return $"overlap_chars: expected 0 to {WindowChars / 2}, half a window, found {OverlapChars}";
        }
    }
}
