using System.Text;

namespace Picket.Text;

/// <summary>Copies a text with some stretches replaced, left to right; a text without any is returned as the same instance.</summary>
internal struct Rewriter(string text)
{
    private StringBuilder? _output;
    private int _copied;

    /// <summary>Replaces <paramref name="length"/> characters from <paramref name="start"/>, which lies after all earlier ones.</summary>
    public void Replace(int start, int length, ReadOnlySpan<char> with)
    {
        _output ??= new StringBuilder(text.Length);
        _output.Append(text, _copied, start - _copied).Append(with);
        _copied = start + length;
    }

    public override readonly string ToString() =>
        _output is null ? text : _output.Append(text, _copied, text.Length - _copied).ToString();
}
