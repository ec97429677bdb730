namespace Picket.Server;

/// <summary>Cuts a stream of bytes into events, however they come.</summary>
/// <remarks>For one thread.</remarks>
internal sealed class SseReader(UpstreamBody body, int maxBytes)
{
    private readonly byte[] _piece = new byte[16 << 10];
    private readonly List<byte> _bytes = [];
    private int _read;
    private bool _lineHasText;
    private bool _lastWasReturn;

    /// <summary>The next event; <see langword="null"/> at the end. What has no empty line behind it at the end is an event too.</summary>
    /// <exception cref="RequestFault">The upstream broke off, is silent, or sends what is no event stream.</exception>
    public async ValueTask<SseEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> raw;
        while (!TryTake(out raw))
        {
            int count = await body.ReadAsync(_piece, cancellationToken);
            if (count == 0)
            {
                raw = Take(_bytes.Count);
                break;
            }

            _bytes.AddRange(_piece.AsSpan(0, count));
            if (_bytes.Count > maxBytes + _piece.Length)
            {
                throw UpstreamFaults.TooLarge(maxBytes);
            }
        }

        return raw.Length == 0 ? null : SseEvent.Parse(raw) ?? throw UpstreamFaults.Garbage("a stream of events");
    }

    private bool TryTake(out ReadOnlyMemory<byte> raw)
    {
        while (_read < _bytes.Count)
        {
            byte next = _bytes[_read++];
            bool belongs = next == '\n' && _lastWasReturn;
            _lastWasReturn = next == '\r';
            if (next is (byte)'\r' or (byte)'\n')
            {
                bool isEnd = !_lineHasText && !belongs;
                _lineHasText = false;
                if (isEnd)
                {
                    // The line feed of the same line end, if it is here already.
                    if (next == '\r' && _read < _bytes.Count && _bytes[_read] == '\n')
                    {
                        _read++;
                        _lastWasReturn = false;
                    }

                    raw = Take(_read);
                    return true;
                }
            }
            else
            {
                _lineHasText = true;
            }
        }

        raw = default;
        return false;
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        byte[] taken = [.. _bytes[..count]];
        _bytes.RemoveRange(0, count);
        _read = 0;
        return taken;
    }
}
