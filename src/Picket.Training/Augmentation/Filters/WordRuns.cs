namespace Picket.Training.Augmentation;

/// <summary>Runs of consecutive words.</summary>
internal static class WordRuns
{
    /// <summary>
    /// 64-bit hashes of all runs of <paramref name="length"/> words of a text as <see cref="FilterText"/> makes it, in their order; none where
    /// it is shorter.
    /// </summary>
    public static IEnumerable<ulong> Of(string words, int length)
    {
        ulong[] hashes = [.. words.Split(' ').Select(HashOf)];
        for (int start = 0; start + length <= hashes.Length; start++)
        {
            ulong run = 0;
            for (int i = start; i < start + length; i++)
            {
                run = Mix(run ^ hashes[i]);
            }

            yield return run;
        }
    }

    private static ulong HashOf(string word)
    {
        ulong hash = (ulong)word.Length;
        foreach (char c in word)
        {
            hash = Mix(hash ^ c);
        }

        return hash;
    }

    private static ulong Mix(ulong value)
    {
        value *= 0x9E3779B97F4A7C15;
        return value ^ (value >> 32);
    }
}
