using System.Numerics;

namespace Picket.Models.NGram;

/// <summary>Working memory of one thread; grows to the longest window it has met and is then reused.</summary>
public sealed class NGramScratch
{
    private int[] _buckets = [];
    private int[] _seen = [];
    private float[] _pooled = [];

    internal Span<int> Buckets(int count) => Grown(ref _buckets, count).AsSpan(0, count);

    internal Span<int> Seen(int count) => Grown(ref _seen, count * 2);

    internal Span<float> Pooled(int count) => Grown(ref _pooled, count).AsSpan(0, count);

    private static T[] Grown<T>(ref T[] array, int count)
    {
        if (array.Length < count)
        {
            array = new T[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, count))];
        }

        return array;
    }
}
