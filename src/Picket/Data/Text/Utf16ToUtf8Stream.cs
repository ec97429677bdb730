using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Picket.Data.Text;

/// <summary>
/// UTF-8 of UTF-16 with a byte order mark. What is no UTF-16 (a lone surrogate, half a character at the end) comes out as the byte
/// 0xFF, which is no UTF-8 either: the readers behind find it and know its line.
/// </summary>
internal sealed class Utf16ToUtf8Stream(Stream source) : ReadOnlyStream
{
    private const byte NoText = 0xFF;

    private readonly byte[] _input = new byte[16 * 1024];
    private readonly byte[] _output = new byte[32 * 1024];
    private int _inputCount;
    private int _outputStart;
    private int _outputCount;
    private bool? _bigEndian;
    private bool _sourceEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_outputCount == 0)
        {
            if (_sourceEnded)
            {
                return 0;
            }

            int count = await source.ReadAsync(_input.AsMemory(_inputCount), cancellationToken);
            _sourceEnded = count == 0;
            _inputCount += count;
            if (_bigEndian is null && _inputCount >= 2)
            {
                _bigEndian = _input[0] == 0xFE;
                Consume(2);
            }

            Convert();
        }

        int given = Math.Min(buffer.Length, _outputCount);
        _output.AsMemory(_outputStart, given).CopyTo(buffer);
        _outputStart += given;
        _outputCount -= given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Convert()
    {
        _outputStart = 0;
        Span<char> chars = new char[_inputCount / 2];
        _input.AsSpan(0, chars.Length * 2).CopyTo(MemoryMarshal.AsBytes(chars));
        if (_bigEndian == BitConverter.IsLittleEndian)
        {
            Span<ushort> units = MemoryMarshal.Cast<char, ushort>(chars);
            BinaryPrimitives.ReverseEndianness(units, units);
        }

        int consumed = 0;
        OperationStatus status;
        do
        {
            Span<byte> free = _output.AsSpan(_outputCount);
            status = Utf8.FromUtf16(chars[consumed..], free, out int read, out int written, replaceInvalidSequences: false, _sourceEnded);
            consumed += read;
            _outputCount += written;
            if (status == OperationStatus.InvalidData)
            {
                _output[_outputCount++] = NoText;
                consumed++;
            }
        }
        while (status == OperationStatus.InvalidData);

        Consume(consumed * 2);
        if (_sourceEnded && _inputCount > 0)
        {
            _output[_outputCount++] = NoText;
            _inputCount = 0;
        }
    }

    private void Consume(int count)
    {
        _input.AsSpan(count, _inputCount - count).CopyTo(_input);
        _inputCount -= count;
    }
}
