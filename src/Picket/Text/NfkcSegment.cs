using System.Text;

namespace Picket.Text;

/// <summary>
/// One stretch of text, from a character that nothing before it composes with to the next such: decomposed, put in canonical order,
/// composed. A character is held as its combining class in the top eight bits and its code point in the rest.
/// </summary>
internal sealed class NfkcSegment(UnicodeTables tables)
{
    private const int ClassShift = 24;
    private const int CodePointMask = (1 << ClassShift) - 1;

    private uint[] _characters = new uint[32];
    private int _count;

    /// <summary>Decomposes the segment that starts at <paramref name="start"/> and returns where the next begins.</summary>
    public int Read(string text, int start)
    {
        _count = 0;
        int i = start;
        int codePoint = CodePoints.At(text, i);
        do
        {
            Decompose(codePoint);
            i += CodePoints.Width(codePoint);
        }
        while (i < text.Length && !tables.IsBoundary(codePoint = CodePoints.At(text, i)));

        Order();
        Compose();
        return i;
    }

    public void AppendTo(StringBuilder output)
    {
        foreach (uint character in _characters.AsSpan(0, _count))
        {
            int codePoint = (int)(character & CodePointMask);
            if (codePoint < 0x10000)
            {
                output.Append((char)codePoint);
            }
            else
            {
                output.Append(new Rune(codePoint));
            }
        }
    }

    private void Decompose(int codePoint)
    {
        if (Hangul.IsSyllable(codePoint))
        {
            Add(Hangul.Leading(codePoint));
            Add(Hangul.Vowel(codePoint));
            if (Hangul.HasTrailing(codePoint))
            {
                Add(Hangul.Trailing(codePoint));
            }

            return;
        }

        ReadOnlySpan<char> parts = tables.Decomposition(codePoint);
        if (parts.IsEmpty)
        {
            Add(codePoint);
        }

        for (int i = 0; i < parts.Length;)
        {
            int part = CodePoints.At(parts, i);
            Add(part);
            i += CodePoints.Width(part);
        }
    }

    private void Add(int codePoint)
    {
        if (_count == _characters.Length)
        {
            Array.Resize(ref _characters, _count * 2);
        }

        _characters[_count++] = ((uint)tables.CombiningClass(codePoint) << ClassShift) | (uint)codePoint;
    }

    private void Order()
    {
        for (int i = 0; i < _count;)
        {
            int start = i;
            while (i < _count && _characters[i] >> ClassShift != 0)
            {
                i++;
            }

            if (i - start > 1)
            {
                SortByClass(_characters.AsSpan(start, i - start));
            }

            i = Math.Max(i, start + 1);
        }
    }

    /// <summary>Stable and linear in the length of the run, which hostile text makes as long as it likes.</summary>
    private static void SortByClass(Span<uint> marks)
    {
        Span<int> next = stackalloc int[257];
        next.Clear();
        foreach (uint mark in marks)
        {
            next[(int)(mark >> ClassShift) + 1]++;
        }

        for (int i = 1; i < next.Length; i++)
        {
            next[i] += next[i - 1];
        }

        uint[] unordered = marks.ToArray();
        foreach (uint mark in unordered)
        {
            marks[next[(int)(mark >> ClassShift)]++] = mark;
        }
    }

    private void Compose()
    {
        int kept = 0;
        int starter = -1;
        int lastClass = -1;
        for (int i = 0; i < _count; i++)
        {
            uint character = _characters[i];
            int combiningClass = (int)(character >> ClassShift);
            if (starter >= 0 && lastClass < combiningClass && TryCompose(_characters[starter], character, out int composite))
            {
                _characters[starter] = (uint)composite;
                continue;
            }

            (starter, lastClass) = combiningClass == 0 ? (kept, -1) : (starter, combiningClass);
            _characters[kept++] = character;
        }

        _count = kept;
    }

    private bool TryCompose(uint starter, uint character, out int composite)
    {
        int second = (int)(character & CodePointMask);
        composite = 0;
        return !tables.IsQuiet(second)
            && (Hangul.TryCompose((int)starter, second, out composite) || tables.TryCompose((int)starter, second, out composite));
    }
}
