using System.Buffers;

namespace Picket.Text;

/// <summary>
/// Copies a text with some stretches replaced by something no longer, left to right; a text without any is returned as the same instance.
/// </summary>
internal struct Rewriter(string text)
{
    private char[]? _output;
    private int _length;
    private int _copied;

    /// <summary>Replaces <paramref name="length"/> characters from <paramref name="start"/>, which lies after all earlier ones.</summary>
    public void Replace(int start, int length, ReadOnlySpan<char> with)
    {
        _output ??= ArrayPool<char>.Shared.Rent(text.Length);
        CopyUpTo(start);
        with.CopyTo(_output.AsSpan(_length));
        _length += with.Length;
        _copied = start + length;
    }

    /// <summary>The rewritten text. Called once, at the end: it gives the buffer back.</summary>
    public string Finish()
    {
        if (_output is null)
        {
            return text;
        }

        CopyUpTo(text.Length);
        string result = new(_output, 0, _length);
        ArrayPool<char>.Shared.Return(_output);
        _output = null;
        return result;
    }

    private void CopyUpTo(int end)
    {
        text.AsSpan(_copied, end - _copied).CopyTo(_output.AsSpan(_length));
        _length += end - _copied;
    }
}
