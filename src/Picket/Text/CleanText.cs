using System.Numerics;
using System.Runtime.InteropServices;

namespace Picket.Text;

/// <summary>Tells in one pass over the vectors that no step would change a text; it may miss a clean text, never a changed one.</summary>
internal static class CleanText
{
    private const int LookAhead = 4;

    public static bool IsClean(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            return false;
        }

        ReadOnlySpan<ushort> units = MemoryMarshal.Cast<char, ushort>(text);
        int width = Vector<ushort>.Count;
        int last = units.Length - width - LookAhead;
        if (last < 0)
        {
            return AreClean(units, 0);
        }

        for (int i = 0; i < last; i += width)
        {
            if (!IsCleanBlock(units[i..]))
            {
                return false;
            }
        }

        return IsCleanBlock(units[last..]) && AreClean(units, units.Length - LookAhead);
    }

    private static bool IsCleanBlock(ReadOnlySpan<ushort> units)
    {
        var c0 = new Vector<ushort>(units);
        var c1 = new Vector<ushort>(units[1..]);
        var c2 = new Vector<ushort>(units[2..]);
        var c3 = new Vector<ushort>(units[3..]);
        var c4 = new Vector<ushort>(units[4..]);
        Vector<ushort> space = new(' ');
        Vector<ushort> breakOrSpace0 = Vector.Equals(c0, space) | Vector.Equals(c0, new Vector<ushort>('\n'));
        Vector<ushort> breakOrSpace1 = Vector.Equals(c1, space) | Vector.Equals(c1, new Vector<ushort>('\n'));
        Vector<ushort> strange = Vector.GreaterThan(c0 - space, new Vector<ushort>('~' - ' ')) & ~Vector.Equals(c0, new Vector<ushort>('\n'));
        Vector<ushort> repeated = Vector.Equals(c0, c1) & Vector.Equals(c1, c2);
        Vector<ushort> spelled = Letters(c1) & Letters(c3) & ~(Letters(c0) | Letters(c2) | Letters(c4));
        return Vector.EqualsAll(strange | (breakOrSpace0 & breakOrSpace1) | repeated | spelled, Vector<ushort>.Zero);
    }

    private static Vector<ushort> Letters(Vector<ushort> units) =>
        Vector.LessThan((units | new Vector<ushort>(0x20)) - new Vector<ushort>('a'), new Vector<ushort>(26));

    private static bool AreClean(ReadOnlySpan<ushort> units, int from)
    {
        for (int i = from; i < units.Length; i++)
        {
            char unit = (char)units[i];
            char next = (char)(i + 1 < units.Length ? units[i + 1] : 0);
            bool isSpace = unit is ' ' or '\n';
            if ((!isSpace && unit is not (> ' ' and <= '~'))
                || (isSpace && next is ' ' or '\n')
                || (unit == next && i + 2 < units.Length && units[i + 2] == unit)
                || IsSpelled(units[i..]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSpelled(ReadOnlySpan<ushort> units) =>
        units.Length > LookAhead && !IsLetter(units[0]) && IsLetter(units[1]) && !IsLetter(units[2]) && IsLetter(units[3]) && !IsLetter(units[4]);

    private static bool IsLetter(ushort unit) => char.IsAsciiLetter((char)unit);
}
