using System.Numerics;

namespace Picket.Models.Tokenization;

/// <summary>Token ids that one thread appends to and reuses: it keeps its memory when cleared.</summary>
public sealed class TokenBuffer
{
    private int[] _ids;

    /// <summary>Creates an empty buffer with room for <paramref name="capacity"/> ids.</summary>
    public TokenBuffer(int capacity = 512)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _ids = new int[capacity];
    }

    /// <summary>How many ids it holds.</summary>
    public int Count { get; private set; }

    /// <summary>The ids, valid until the next change.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>Forgets the ids and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends one id.</summary>
    public void Add(int id)
    {
        if (Count == _ids.Length)
        {
            Grow(1);
        }

        _ids[Count++] = id;
    }

    /// <summary>Appends ids in order.</summary>
    public void Add(ReadOnlySpan<int> ids)
    {
        if (ids.Length > _ids.Length - Count)
        {
            Grow(ids.Length);
        }

        ids.CopyTo(_ids.AsSpan(Count));
        Count += ids.Length;
    }

    /// <summary>Reverses the ids from <paramref name="start"/> on: paths are followed from their end.</summary>
    internal void ReverseFrom(int start) => _ids.AsSpan(start, Count - start).Reverse();

    private void Grow(int more) => Array.Resize(ref _ids, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, checked(Count + more))));
}
