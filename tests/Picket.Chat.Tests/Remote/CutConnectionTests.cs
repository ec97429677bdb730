using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Picket.Chat.Tests;

/// <summary>Over a real connection, which breaks as real ones do.</summary>
public sealed class CutConnectionTests
{
    [Theory]
    [InlineData("Content-Length: 500", "{\"choices\":[")]
    [InlineData("Transfer-Encoding: chunked", "c\r\n{\"choices\":[\r\n")]
    public async Task GenerateAsync_ConnectionThatEndsWithinTheBody_IsACutAnswer(string header, string body)
    {
        Generation answer = await AskAsync($"HTTP/1.1 200 OK\r\n{header}\r\n\r\n{body}");

        Assert.Equal(new Generation("", GenerationFinish.Cut), answer);
    }

    [Fact]
    public async Task GenerateAsync_ConnectionThatEndsBeforeTheHead_IsAFaultOfTheServer()
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => AskAsync("HTTP/1.1 2"));

        Assert.EndsWith("/v1/chat/completions: expected an answer, found a connection that broke", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<Generation> AskAsync(string answer)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeOnceAsync(listener, answer, stop);
        using var http = new HttpClient();
        var options = new GeneratorOptions { MaxRetries = 0 };
        var server = new Uri($"http://{listener.LocalEndpoint}");
        await using var generator = new ChatGenerator(server, http, PrefixStyle.PrefixField, options);
        try
        {
            return await generator.GenerateAsync(GeneratorRun.Request, stop);
        }
        finally
        {
            await serving;
        }
    }

    private static async Task ServeOnceAsync(TcpListener listener, string answer, CancellationToken stop)
    {
        using Socket socket = await listener.AcceptSocketAsync(stop);
        byte[] request = new byte[1 << 16];
        int read = 0;
        while (!Encoding.ASCII.GetString(request, 0, read).Contains("END", StringComparison.Ordinal))
        {
            read += await socket.ReceiveAsync(request.AsMemory(read), stop);
        }

        await socket.SendAsync(Encoding.ASCII.GetBytes(answer), stop);
        socket.Shutdown(SocketShutdown.Send);
    }
}
