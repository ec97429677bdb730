namespace Picket.Models.Tokenization;

/// <summary>
/// The pieces as a double-array trie over UTF-8. A unit is the label in bits 0-7, the place of its children in bits 8-31, and the id of the
/// piece that ends there plus one in bits 32-63: a step costs one load. A child lies at its parent's place of children XOR its label.
/// Free units bear the label 0xFF, which occurs in no UTF-8, and place 0 has no children, so that a step needs no bounds of its own.
/// </summary>
internal sealed class PieceTrie(ulong[] units, uint root)
{
    /// <summary>The units: a multiple of 256, so that any place XOR any byte lies within.</summary>
    public ulong[] Units => units;

    /// <summary>Where the first byte's units lie.</summary>
    public uint Root => root;

    /// <summary>The longest piece that the text starts with.</summary>
    /// <returns>Its id, or -1.</returns>
    public int Longest(ReadOnlySpan<byte> text, out int length)
    {
        int found = -1;
        length = 0;
        uint place = root;
        for (int i = 0; i < text.Length; i++)
        {
            ulong unit = units[place ^ text[i]];
            if ((byte)unit != text[i])
            {
                break;
            }

            place = Children(unit);
            if (Id(unit) >= 0)
            {
                found = Id(unit);
                length = i + 1;
            }
        }

        return found;
    }

    public static uint Children(ulong unit) => (uint)unit >> 8;

    public static int Id(ulong unit) => (int)(unit >> 32) - 1;
}
