using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Picket.Load;

/// <summary>One HTTP/1.1 connection that stays open. It knows answers with a length, and costs little beside what it measures.</summary>
internal sealed class HttpConnection(Uri server) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 << 10];
    private Socket? _socket;
    private int _head;

    /// <summary>The last answer's head.</summary>
    public string Head => Encoding.ASCII.GetString(_buffer, 0, _head);

    /// <summary>A request's bytes.</summary>
    public static byte[] Post(string path, object body)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body);
        return
        [
            .. Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n"),
            .. json,
        ];
    }

    /// <summary>Asks, and reads the answer to its end.</summary>
    /// <returns>Its status; 0 when there is none, and the next request has a new connection.</returns>
    public async ValueTask<int> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            _socket ??= await ConnectAsync(server, cancellationToken);
            await _socket.SendAsync(request, SocketFlags.None, cancellationToken);
            return await ReadAsync(_socket, cancellationToken);
        }
        catch (SocketException)
        {
            return Lost();
        }
    }

    /// <summary>A connection to a server.</summary>
    public static async ValueTask<Socket> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        return socket;
    }

    public void Dispose() => _socket?.Dispose();

    private async ValueTask<int> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        int read = 0;
        int length = int.MaxValue;
        _head = 0;
        while (_head == 0 || read < _head + length)
        {
            // A body that is longer than the buffer is read over itself.
            int at = read < _buffer.Length ? read : _head;
            int count = await socket.ReceiveAsync(_buffer.AsMemory(at), SocketFlags.None, cancellationToken);
            if (count == 0)
            {
                return Lost();
            }

            read += count;
            if (_head == 0 && _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                _head = end + 4;
                length = Length(_buffer.AsSpan(0, _head));
            }
        }

        return Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _) ? status : Lost();
    }

    private static int Length(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> name = "\r\nContent-Length: "u8;
        int at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : 0;
    }

    private int Lost()
    {
        _socket?.Dispose();
        _socket = null;
        return 0;
    }
}
