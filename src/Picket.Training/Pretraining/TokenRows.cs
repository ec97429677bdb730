using System.Buffers.Binary;
using System.Collections;
using System.Runtime.InteropServices;

namespace Picket.Training.Pretraining;

/// <summary>
/// Rows of tokens in one array, two bytes a token where the vocabulary allows: 25 million take 50 MB. [CLS] and [SEP] are added on reading.
/// </summary>
/// <param name="wide">Whether an id takes four bytes.</param>
/// <param name="cls">The id before each row.</param>
/// <param name="sep">The id after each row.</param>
internal sealed class TokenRows(bool wide, int cls, int sep) : IReadOnlyList<int[]>
{
    private readonly int _size = wide ? sizeof(int) : sizeof(ushort);
    private readonly List<int> _ends = [];
    private readonly List<int> _texts = [];
    private byte[] _ids = new byte[1 << 16];
    private int _bytes;

    public int Count => _ends.Count;

    /// <summary>Tokens of all rows, without [CLS] and [SEP].</summary>
    public long Tokens => _bytes / _size;

    public int[] this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            int[] row = new int[((_ends[index] - start) / _size) + 2];
            row[0] = cls;
            row[^1] = sep;
            for (int i = 1; i < row.Length - 1; i++, start += _size)
            {
                ReadOnlySpan<byte> id = _ids.AsSpan(start, _size);
                row[i] = wide ? BinaryPrimitives.ReadInt32LittleEndian(id) : BinaryPrimitives.ReadUInt16LittleEndian(id);
            }

            return row;
        }
    }

    /// <summary>The number of the text that a row is of, from 1.</summary>
    public int Text(int index) => _texts[index];

    /// <summary>Appends a row.</summary>
    /// <exception cref="PicketException">There is no room for it.</exception>
    public void Add(ReadOnlySpan<int> ids, int text)
    {
        long needed = _bytes + ((long)ids.Length * _size);
        if (needed > Array.MaxLength)
        {
            throw new PicketException($"text {text}: expected at most {Array.MaxLength / _size} tokens in all, found more; give fewer texts");
        }

        if (needed > _ids.Length)
        {
            Array.Resize(ref _ids, (int)Math.Min(Array.MaxLength, Math.Max(needed, _ids.Length * 2L)));
        }

        foreach (int id in ids)
        {
            Span<byte> place = _ids.AsSpan(_bytes, _size);
            if (wide)
            {
                BinaryPrimitives.WriteInt32LittleEndian(place, id);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)id);
            }

            _bytes += _size;
        }

        _ends.Add(_bytes);
        _texts.Add(text);
    }

    /// <summary>The rows as bytes: ids, ends and texts.</summary>
    public byte[][] ToBytes() =>
    [
        _ids.AsSpan(0, _bytes).ToArray(),
        MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_ends)).ToArray(),
        MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_texts)).ToArray(),
    ];

    /// <summary>Takes over what <see cref="ToBytes"/> gave.</summary>
    public void Restore(byte[] ids, byte[] ends, byte[] texts)
    {
        (_ids, _bytes) = (ids, ids.Length);
        _ends.AddRange(MemoryMarshal.Cast<byte, int>(ends));
        _texts.AddRange(MemoryMarshal.Cast<byte, int>(texts));
    }

    public IEnumerator<int[]> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
