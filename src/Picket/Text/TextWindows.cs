using System.Diagnostics.CodeAnalysis;

namespace Picket.Text;

/// <summary>
/// The overlapping windows of a long text, as ranges, without allocation: every character is in a window, no window is longer than
/// the size, neighbours share at least the overlap, and no boundary splits a surrogate pair.
/// </summary>
/// <remarks>
/// A boundary moves back to just after whitespace where there is some near: an end by up to a quarter of the size, a start by up to an
/// eighth. Linear in the length of the text.
/// </remarks>
[SuppressMessage("Performance", "CA1815", Justification = "A sequence to walk, not a value to compare.")]
public readonly struct TextWindows
{
    /// <summary>The least size: below it a window might not advance.</summary>
    public const int SmallestSize = 8;

    private readonly string _text;
    private readonly int _size;
    private readonly int _overlap;

    /// <summary>The windows of <paramref name="text"/>.</summary>
    /// <param name="text">The text; one that fits, an empty one too, is a single window.</param>
    /// <param name="size">The longest window, in UTF-16 units; at least <see cref="SmallestSize"/>.</param>
    /// <param name="overlap">The least that neighbours share, in UTF-16 units; from 0 to half the size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size or the overlap is out of its range.</exception>
    public TextWindows(string text, int size, int overlap)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, SmallestSize);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, size / 2);
        _text = text;
        _size = size;
        _overlap = overlap;
    }

    /// <summary>How many windows there are, at least one. Walks the text.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (Range _ in this)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>The windows of a prompt and a response side by side: see <see cref="TextWindowPairs"/>.</summary>
    public static TextWindowPairs Pair(TextWindows prompt, TextWindows response) => new(prompt, response);

    /// <summary>
    /// An input as inputs that fit: one a window of the prompt, or one a pair of windows (<see cref="TextWindowPairs"/>) where there is a
    /// response. An input that fits is returned as the same instance.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="size">The longest window of the prompt and of the response, each, in UTF-16 units.</param>
    /// <param name="overlap">The least that neighbours share.</param>
    public static IReadOnlyList<GuardInput> Split(GuardInput input, int size, int overlap)
    {
        ArgumentNullException.ThrowIfNull(input);
        var prompt = new TextWindows(input.Prompt, size, overlap);
        var response = new TextWindows(input.Response ?? "", size, overlap);
        if (input.Prompt.Length <= size && (input.Response?.Length ?? 0) <= size)
        {
            return [input];
        }

        var inputs = new List<GuardInput>();
        foreach ((Range promptWindow, Range responseWindow) in Pair(prompt, response))
        {
            inputs.Add(new GuardInput(input.Prompt[promptWindow], input.Response?[responseWindow]));
        }

        return inputs;
    }

    /// <summary>Walks the windows from the start of the text.</summary>
    public Enumerator GetEnumerator() => new(this);

    private int EndAfter(int start) => _text.Length - start <= _size ? _text.Length : BoundaryBefore(start + _size, _size / 4);

    private int StartBefore(int end) => BoundaryBefore(end - _overlap, _size / 8);

    private int BoundaryBefore(int limit, int slack)
    {
        int space = _text.AsSpan(limit - slack, slack).LastIndexOfAny(' ', '\n', '\t');
        if (space >= 0)
        {
            return limit - slack + space + 1;
        }

        return char.IsLowSurrogate(_text[limit]) && char.IsHighSurrogate(_text[limit - 1]) ? limit - 1 : limit;
    }

    /// <summary>Walks the windows.</summary>
    public struct Enumerator
    {
        private readonly TextWindows _windows;
        private int _start;
        private int _end;

        internal Enumerator(TextWindows windows)
        {
            _windows = windows;
            _end = -1;
        }

        /// <summary>The window; meaningful after <see cref="MoveNext"/> has returned true.</summary>
        public readonly Range Current => _start.._end;

        /// <summary>Moves to the next window; false behind the last one, where <see cref="Current"/> stays the last window.</summary>
        public bool MoveNext()
        {
            if (_end == _windows._text.Length)
            {
                return false;
            }

            _start = _end < 0 ? 0 : _windows.StartBefore(_end);
            _end = _windows.EndAfter(_start);
            return true;
        }
    }
}
