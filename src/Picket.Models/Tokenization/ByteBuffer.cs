using System.Numerics;

namespace Picket.Models.Tokenization;

/// <summary>Bytes that grow and are reused.</summary>
internal sealed class ByteBuffer
{
    private byte[] _items = new byte[1024];

    public int Count { get; set; }

    public int Capacity => _items.Length;

    public Span<byte> Written => _items.AsSpan(0, Count);

    public void Add(byte item)
    {
        if (Count == _items.Length)
        {
            Reserve(1);
        }

        _items[Count++] = item;
    }

    public void Add(ReadOnlySpan<byte> items) => items.CopyTo(Append(items.Length));

    /// <summary>Adds room for <paramref name="count"/> bytes and gives it.</summary>
    public Span<byte> Append(int count)
    {
        Reserve(count);
        Count += count;
        return _items.AsSpan(Count - count, count);
    }

    private void Reserve(int more)
    {
        if (more > _items.Length - Count)
        {
            Array.Resize(ref _items, (int)BitOperations.RoundUpToPowerOf2((uint)checked(Count + more)));
        }
    }
}
