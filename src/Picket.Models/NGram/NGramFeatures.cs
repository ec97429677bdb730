using System.Numerics;
using System.Runtime.CompilerServices;

namespace Picket.Models.NGram;

/// <summary>
/// Hashes a text's word n-grams (odd buckets) and the character n-grams inside its words (even buckets) into the rows of an embedding
/// table, as fastText does (Joulin et al. 2016, "Bag of Tricks for Efficient Text Classification"). Case is folded.
/// </summary>
public static class NGramFeatures
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong CharOffset = 0x9AE16A3B2F90404F;
    private const ulong Prime = 0x100000001B3;
    private const ulong Finish = 0xD6E8FEB86659FD93;
    private const int MaxWordChars = 64;

    /// <summary>An upper bound of the buckets that <see cref="Extract"/> finds in a text of <paramref name="chars"/> characters.</summary>
    public static int MaxCount(NGramShape shape, int chars) => chars * (shape.WordOrder + ((shape.MaxChars - shape.MinChars + 1) * 3));

    /// <summary>
    /// Dampens repetition: of a bucket that occurs n times, floor(1 + ln n) are kept, at most 5 (the sublinear term frequency of TF-IDF),
    /// in the order of the occurrences that count.
    /// </summary>
    /// <param name="buckets">The buckets, below 2^24; those kept come first on return.</param>
    /// <param name="seen">Scratch memory: a power of two of at least twice as many elements. Its content is lost.</param>
    /// <returns>How many are kept.</returns>
    public static int Dampen(Span<int> buckets, Span<int> seen)
    {
        const int keyBits = 25;
        int size = Math.Min(seen.Length, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, buckets.Length * 2)));
        seen = seen[..size];
        seen.Clear();
        int mask = size - 1;
        int kept = 0;
        foreach (int bucket in buckets)
        {
            // A slot holds the occurrences so far above the bucket plus one; 0 is a free slot. Buckets are hashes: their low bits will do.
            int key = bucket + 1;
            int slot = (bucket >> 1) & mask;
            while (seen[slot] != 0 && (seen[slot] & ((1 << keyBits) - 1)) != key)
            {
                slot = (slot + 1) & mask;
            }

            int occurrences = Math.Min((seen[slot] >> keyBits) + 1, 63);
            seen[slot] = (occurrences << keyBits) | key;
            if (occurrences is 1 or 3 or 8 or 21 or 55)
            {
                buckets[kept++] = bucket;
            }
        }

        return kept;
    }

    /// <summary>Writes the buckets of <paramref name="text"/>, repeated ones as often as they occur.</summary>
    /// <param name="text">The text, not longer than a window.</param>
    /// <param name="shape">Which n-grams.</param>
    /// <param name="buckets">Receives the buckets; at least <see cref="MaxCount"/> long.</param>
    /// <param name="words">The word tokens in the text: runs of letters and digits, and single other characters.</param>
    /// <returns>How many buckets were written.</returns>
    public static int Extract(ReadOnlySpan<char> text, NGramShape shape, Span<int> buckets, out int words)
    {
        int shift = 64 - shape.BucketBits;
        ulong previous = 0;
        ulong beforePrevious = 0;
        int count = 0;
        words = 0;
        Span<char> word = stackalloc char[MaxWordChars + 2];
        word[0] = '<';
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            bool isWord = IsWordChar(c);
            int length = 1;
            do
            {
                word[length++] = Lower(text[i++]);
            }
            while (isWord && length <= MaxWordChars && i < text.Length && (IsWordChar(text[i]) || IsApostropheInWord(text, i)));

            word[length++] = '>';
            words++;
            ulong hash = Offset;
            foreach (char letter in word[1..(length - 1)])
            {
                hash = (hash ^ letter) * Prime;
            }

            hash ^= hash >> 29;
            buckets[count++] = Bucket(hash, shift) | 1;
            if (previous != 0 && shape.WordOrder >= 2)
            {
                buckets[count++] = Bucket((hash * 31) + (previous * Prime), shift) | 1;
                if (beforePrevious != 0 && shape.WordOrder >= 3)
                {
                    buckets[count++] = Bucket((hash * 131) + (previous * Prime * 7) + (beforePrevious * Finish), shift) | 1;
                }
            }

            beforePrevious = previous;
            previous = hash;
            if (isWord)
            {
                count = ExtractChars(word[..length], shape, shift, buckets, count);
            }
        }

        return count;
    }

    private static int ExtractChars(ReadOnlySpan<char> word, NGramShape shape, int shift, Span<int> buckets, int count)
    {
        for (int start = 0; start < word.Length; start++)
        {
            ulong hash = CharOffset;
            int longest = Math.Min(shape.MaxChars, word.Length - start);
            for (int n = 1; n <= longest; n++)
            {
                hash = (hash ^ word[start + n - 1]) * Prime;
                if (n >= shape.MinChars && n < word.Length)
                {
                    buckets[count++] = Bucket(hash ^ (hash >> 31), shift) & ~1;
                }
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bucket(ulong hash, int shift) => (int)((hash * Finish) >> shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWordChar(char c) => char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static char Lower(char c) => char.IsAscii(c) ? (char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c) : char.ToLowerInvariant(c);

    private static bool IsApostropheInWord(ReadOnlySpan<char> text, int i) =>
        text[i] is '\'' && i + 1 < text.Length && char.IsLetter(text[i + 1]);
}
