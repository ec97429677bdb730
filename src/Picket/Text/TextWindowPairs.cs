using System.Diagnostics.CodeAnalysis;

namespace Picket.Text;

/// <summary>
/// The windows of a prompt and of a response side by side, without allocation: pair k is window k of each, or the last one of the side
/// that has fewer. So every character of both is seen, in as many pairs as the longer side has windows.
/// </summary>
[SuppressMessage("Performance", "CA1815", Justification = "A sequence to walk, not a value to compare.")]
public readonly struct TextWindowPairs
{
    private readonly TextWindows _prompt;
    private readonly TextWindows _response;

    internal TextWindowPairs(TextWindows prompt, TextWindows response)
    {
        _prompt = prompt;
        _response = response;
    }

    /// <summary>How many pairs there are, at least one. Walks both texts.</summary>
    public int Count => Math.Max(_prompt.Count, _response.Count);

    /// <summary>Walks the pairs from the start of both texts.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the pairs.</summary>
    public struct Enumerator
    {
        private TextWindows.Enumerator _prompt;
        private TextWindows.Enumerator _response;

        internal Enumerator(TextWindowPairs pairs)
        {
            _prompt = pairs._prompt.GetEnumerator();
            _response = pairs._response.GetEnumerator();
        }

        /// <summary>The pair; meaningful after <see cref="MoveNext"/> has returned true.</summary>
        public readonly (Range Prompt, Range Response) Current => (_prompt.Current, _response.Current);

        /// <summary>Moves to the next pair; false behind the last one.</summary>
        public bool MoveNext() => _prompt.MoveNext() | _response.MoveNext();
    }
}
