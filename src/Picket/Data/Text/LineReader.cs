using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Picket.Data.Text;

/// <summary>Gives the lines of UTF-8 text as bytes, whether they end in LF, CRLF or CR.</summary>
internal sealed class LineReader(Stream stream, string name)
{
    private const int MaxLineBytes = 256 * 1024 * 1024;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _skipLineFeed;
    private bool _ended;

    /// <summary>The number of <see cref="Line"/>, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line without its end; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Goes on to the next line that holds more than blanks.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        int searched = 0;
        while (true)
        {
            while (TryTake(ref searched))
            {
                if (!Line.Span.Trim(" \t"u8).IsEmpty)
                {
                    return true;
                }
            }

            if (_ended)
            {
                return false;
            }

            await FillAsync(cancellationToken);
        }
    }

    /// <summary>How many bytes of <paramref name="text"/> come before the first that is not UTF-8.</summary>
    public static int ValidLength(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return text.Length;
        }

        int start = 0;
        while (Rune.DecodeFromUtf8(text[start..], out _, out int length) == OperationStatus.Done)
        {
            start += length;
        }

        return start;
    }

    /// <summary>What is wrong with the bytes of a line; <see langword="null"/> when they are text.</summary>
    public static DataFormatException? FindInvalidText(ReadOnlySpan<byte> line, string name, long number) =>
        Utf8.IsValid(line) ? null : InvalidText(name, number);

    public static DataFormatException InvalidText(string name, long number) =>
        new(name, number, null, "is not valid text, expected UTF-8 (or UTF-16 with a byte order mark)");

    private bool TryTake(ref int searched)
    {
        if (_skipLineFeed && _start < _end)
        {
            _start += _buffer[_start] == LineFeed ? 1 : 0;
            _skipLineFeed = false;
        }

        int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOfAny(LineFeed, CarriageReturn);
        if (found < 0 && !(_ended && _start < _end))
        {
            searched = _end - _start;
            return false;
        }

        int length = found < 0 ? _end - _start : searched + found;
        Line = _buffer.AsMemory(_start, length);
        Number++;
        _skipLineFeed = found >= 0 && _buffer[_start + length] == CarriageReturn;
        _start += length + (found < 0 ? 0 : 1);
        searched = 0;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end > _buffer.Length / 2)
        {
            if (_buffer.Length > MaxLineBytes)
            {
                throw new DataFormatException(name, Number + 1, null, $"the line is longer than {MaxLineBytes >> 20} MiB");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            int count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += count;
            _ended = count == 0;
        }
        catch (Exception fault) when (DataFile.IsReadFault(fault))
        {
            throw DataFile.Unreadable(name, Number + 1, fault);
        }
    }
}
