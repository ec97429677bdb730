namespace Picket.Text;

/// <summary>A number for every code point: an index of blocks of 128, most of which share one block of zeros.</summary>
internal sealed class CodePointTable(ushort[] index, ushort[] blocks)
{
    private const int BlockBits = 7;

    /// <summary>The entry of <paramref name="codePoint"/>; 0 where there is none. A surrogate is a code point like any other.</summary>
    public int this[int codePoint]
    {
        get
        {
            int block = codePoint >> BlockBits;
            return block < index.Length ? blocks[(index[block] << BlockBits) | (codePoint & ((1 << BlockBits) - 1))] : 0;
        }
    }
}
