using System.Runtime.InteropServices;

namespace Picket.Chat;

/// <summary>
/// Cuts a text that is still growing into overlapping windows. Where they are cut depends on the text alone and not on the pieces it came in,
/// but for <c>all</c>, which ends a window where the text ends so far.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct WindowPlan(StreamGuardOptions options)
{
    private int _read;

    /// <summary>Where the next window starts: every unit before it has been in all its windows.</summary>
    public int Start { get; private set; }

    /// <summary>Where the last window ended.</summary>
    public int End { get; private set; }

    /// <summary>The next window, if the text is long enough for it; with <paramref name="all"/>, if there is a unit that was in none.</summary>
    public bool TryNext(ReadOnlySpan<char> text, bool all, out Range window)
    {
        int end = NextEnd(text);
        if (end == 0 && all && text.Length > End)
        {
            end = text.Length;
        }

        window = Start..end;
        if (end == 0)
        {
            return false;
        }

        End = end;
        Start = StartBefore(text, end);
        _read = 0;
        return true;
    }

    /// <summary>Forgets the first <paramref name="count"/> units, which were taken off the text.</summary>
    public void Drop(int count)
    {
        Start -= count;
        End -= count;
        _read = Math.Max(0, _read - count);
    }

    private int NextEnd(ReadOnlySpan<char> text)
    {
        int limit = Start + options.WindowLength;
        if (options.Step == StreamStep.Sentence)
        {
            // Nothing of a first window that is no longer than the overlap could go, so it is worth no call.
            int first = Math.Max(End, Start + options.Overlap) + options.ShortestStep;
            int last = Math.Min(text.Length, limit);
            for (int end = Math.Max(first, _read + 1); end <= last; end++)
            {
                if (SentenceEnds.IsAtEndOf(text[Start..end]))
                {
                    return end;
                }
            }

            _read = Math.Max(_read, last);
        }

        return text.Length < limit ? 0 : BoundaryBefore(text, limit, options.WindowLength / 4);
    }

    private readonly int StartBefore(ReadOnlySpan<char> text, int end)
    {
        int start = end - options.Overlap;
        return start <= Start ? Start : BoundaryBefore(text, start, Math.Min(start - Start, options.WindowLength / 8));
    }

    // Looks at what is before the limit alone: what follows it may not have come yet.
    private static int BoundaryBefore(ReadOnlySpan<char> text, int limit, int slack)
    {
        int space = text.Slice(limit - slack, slack).LastIndexOfAny(' ', '\n', '\t');
        return space >= 0 ? limit - slack + space + 1
            : char.IsHighSurrogate(text[limit - 1]) ? limit - 1
            : limit;
    }
}
