using System.Net.Sockets;
using System.Text;

namespace Picket.Server.Tests;

/// <summary>The same with 10,000 connections for a minute is <c>bench/Picket.Load</c>'s <c>slow</c>.</summary>
public sealed class SlowConnectionTests
{
    private const int Connections = 200;

    [Theory]
    [InlineData("POST /v1/check HTTP/1.1\r\nHost: loc")]
    [InlineData("POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")]
    public async Task Post_WhileManyConnectionsSendByteByByte_IsAnswered(string begun)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var slow = new List<TcpClient>();
        try
        {
            for (int i = 0; i < Connections; i++)
            {
                slow.Add(new TcpClient(server.Address.Host, server.Address.Port) { NoDelay = true });
                await slow[^1].GetStream().WriteAsync(Encoding.ASCII.GetBytes(begun), TestContext.Current.CancellationToken);
            }

            for (int round = 0; round < 3; round++)
            {
                await Task.WhenAll(slow.Select(static client => client.GetStream().WriteAsync(
                    "a"u8.ToArray(), TestContext.Current.CancellationToken).AsTask()));
                await server.AnswerAsync("/v1/check", """{"inputs":[{"prompt":"fine"}]}""");
            }
        }
        finally
        {
            slow.ForEach(static client => client.Dispose());
        }
    }
}
