using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Picket.Training.Optimisation;

namespace Picket.Training.Augmentation;

/// <summary>
/// Signatures whose share of equal places estimates the Jaccard index of two sets without bias (Broder 1997): place i is the least value of
/// hash function i over the set. Each function is a permutation of the 32-bit numbers, so no two members of a set tie.
/// </summary>
internal sealed class MinHash
{
    /// <summary>Signatures are a whole number of vectors long, cut down to bytes too.</summary>
    public const int Step = 32;

    private const uint Mixer = 0x7FEB352D;
    private readonly uint[] _masks;
    private readonly uint[] _multipliers;

    public MinHash(int hashes, long seed)
    {
        var random = new SplitMix(SplitMix.Seed(seed));
        _masks = new uint[hashes];
        _multipliers = new uint[hashes];
        for (int i = 0; i < hashes; i++)
        {
            ulong drawn = random.Next();
            _masks[i] = (uint)drawn;
            _multipliers[i] = (uint)(drawn >> 32) | 1;
        }
    }

    /// <summary>The signature of a set that has a member.</summary>
    public uint[] Sign(ReadOnlySpan<uint> members)
    {
        uint[] signature = new uint[_masks.Length];
        Span<Vector<uint>> least = MemoryMarshal.Cast<uint, Vector<uint>>(signature.AsSpan());
        ReadOnlySpan<Vector<uint>> masks = MemoryMarshal.Cast<uint, Vector<uint>>(_masks.AsSpan());
        ReadOnlySpan<Vector<uint>> multipliers = MemoryMarshal.Cast<uint, Vector<uint>>(_multipliers.AsSpan());
        for (int i = 0; i < least.Length; i++)
        {
            Vector<uint> lowest = Vector<uint>.AllBitsSet;
            foreach (uint member in members)
            {
                Vector<uint> hash = (new Vector<uint>(member) ^ masks[i]) * multipliers[i];
                hash = (hash ^ (hash >>> 15)) * new Vector<uint>(Mixer);
                lowest = Vector.Min(lowest, hash);
            }

            least[i] = lowest;
        }

        return signature;
    }

    /// <summary>The estimate of the Jaccard index; its standard error is at most 0.5 / sqrt(length).</summary>
    public static double Estimate(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other)
    {
        ReadOnlySpan<Vector<uint>> left = MemoryMarshal.Cast<uint, Vector<uint>>(one);
        ReadOnlySpan<Vector<uint>> right = MemoryMarshal.Cast<uint, Vector<uint>>(other);
        Vector<uint> equal = Vector<uint>.Zero;
        for (int i = 0; i < left.Length; i++)
        {
            equal -= Vector.Equals(left[i], right[i]);
        }

        return (double)Vector.Sum(equal) / one.Length;
    }

    /// <summary>
    /// A byte of each place of a signature (Li and König 2010, arXiv 0910.3349): a quarter of the memory, and places that differ agree by chance
    /// once in 256.
    /// </summary>
    public static byte[] Narrow(ReadOnlySpan<uint> signature)
    {
        byte[] narrow = new byte[signature.Length];
        for (int i = 0; i < narrow.Length; i++)
        {
            narrow[i] = (byte)(signature[i] >> 8);
        }

        return narrow;
    }

    /// <summary>Places at which two narrow signatures agree.</summary>
    public static int Agreeing(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        ReadOnlySpan<Vector256<byte>> left = MemoryMarshal.Cast<byte, Vector256<byte>>(one);
        ReadOnlySpan<Vector256<byte>> right = MemoryMarshal.Cast<byte, Vector256<byte>>(other);
        int agreeing = 0;
        for (int i = 0; i < left.Length; i++)
        {
            agreeing += BitOperations.PopCount(Vector256.Equals(left[i], right[i]).ExtractMostSignificantBits());
        }

        return agreeing;
    }
}
