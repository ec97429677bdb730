namespace Picket.Training.Augmentation;

/// <summary>A text as the set of its runs of characters (Broder 1997).</summary>
internal static class Shingles
{
    /// <summary>
    /// The hashes of all runs of <paramref name="length"/> characters, ascending, each once; of the whole where it is shorter. 32 bits are
    /// enough: two sets of 1,000 share a hash by chance once in 4,000 pairs, and one shared hash moves their Jaccard index by 0.0005.
    /// </summary>
    public static uint[] Of(string text, int length)
    {
        int count = Math.Max(1, text.Length - length + 1);
        uint[] hashes = new uint[count];
        for (int i = 0; i < count; i++)
        {
            hashes[i] = Hash(text.AsSpan(i, Math.Min(length, text.Length)));
        }

        Array.Sort(hashes);
        int distinct = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == 0 || hashes[i] != hashes[i - 1])
            {
                hashes[distinct++] = hashes[i];
            }
        }

        return distinct == count ? hashes : hashes[..distinct];
    }

    /// <summary>Size of the intersection over size of the union of two such sets.</summary>
    public static double Jaccard(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other)
    {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < one.Length && j < other.Length)
        {
            uint left = one[i];
            uint right = other[j];
            common += left == right ? 1 : 0;
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }

        return (double)common / (one.Length + other.Length - common);
    }

    private static uint Hash(ReadOnlySpan<char> run)
    {
        ulong hash = 0;
        foreach (char c in run)
        {
            hash = (hash ^ c) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return (uint)(hash >> 16);
    }
}
