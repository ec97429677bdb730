using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Picket.Server.Tests;

public sealed class BrokenRequestTests
{
    private const int Megabytes50 = 50 << 20;

    public static TheoryData<string> BrokenBodies() =>
    [
        "", "{", "{\"inputs\":", "nonsense",
        new string('[', 10_000) + new string(']', 10_000),
        "{\"a\":" + new string('[', 70) + new string(']', 70) + "}",
    ];

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task Post_BrokenJson_IsABadRequestAndTheServerGoesOn(string body)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync("/v1/check", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await server.AssertServesAsync();
    }

    [Fact]
    public async Task Post_InvalidUtf8InAFieldNobodyReads_IsABadRequest()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(
            "/v1/check", [.. "{\"other\":\""u8, 0xC3, 0x28, .. "\",\"inputs\":[{\"prompt\":\"fine\"}]}"u8]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await server.AssertServesAsync();
    }

    [Fact]
    public async Task Post_50MegabytesAnnounced_IsRefusedBeforeTheyAreSent()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using var client = new TcpClient(server.Address.Host, server.Address.Port);
        NetworkStream stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Megabytes50}\r\n\r\n{{"),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await server.AssertServesAsync();
    }

    [Fact]
    public async Task Post_50MegabytesUnannounced_IsRefusedWhileTheyAreSent()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using var client = new TcpClient(server.Address.Host, server.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"),
            TestContext.Current.CancellationToken);

        Task<int> sending = SendChunksAsync(stream);

        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await server.AssertServesAsync();
        client.Close();
        Assert.True(await sending <= Megabytes50);
    }

    [Fact]
    public async Task Post_ChunksThatAreNone_IsABadRequestAndEndsTheConnection()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using var client = new TcpClient(server.Address.Host, server.Address.Port);
        await client.GetStream().WriteAsync(
            "POST /v1/check HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n"u8.ToArray(),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(client.GetStream());
        string answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400 Bad Request", answer, StringComparison.Ordinal);
        await server.AssertServesAsync();
    }

    [Fact]
    public async Task Post_UnannouncedBodyBeyondTheLimit_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync(("Picket:Limits:BodyBytes", "1024"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/check") { Content = new ByteArrayContent(new byte[4096]) };
        request.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Post_BodyOfSeveralMegabytesWithinTheLimits_IsRead()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            ("Picket:Limits:TextLength", "4000000"), ("Picket:Queue:Tokens", "2000000"));

        await server.AnswerAsync("/v1/check", $$"""{"inputs":[{"prompt":"{{new string('a', 3_000_000)}}"}]}""");
    }

    [Theory]
    [InlineData("Picket:Limits:TextLength", "64")]
    [InlineData("Picket:Limits:Inputs", "1")]
    public async Task Post_MoreThanTheLimits_IsTooLarge(string key, string value)
    {
        await using RunningServer server = await RunningServer.StartAsync((key, value), ("Picket:Routes:check", "off"));

        using HttpResponseMessage response = await server.PostAsync("/v1/moderations", $$"""{"input":["{{new string('a', 65)}}","x"]}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    // Until the server has had enough of it.
    private static async Task<int> SendChunksAsync(NetworkStream stream)
    {
        byte[] chunk = [.. "10000\r\n"u8, .. Enumerable.Repeat((byte)' ', 1 << 16), .. "\r\n"u8];
        int sent = 0;
        try
        {
            for (; sent < Megabytes50; sent += 1 << 16)
            {
                await stream.WriteAsync(chunk, TestContext.Current.CancellationToken);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            return sent;
        }

        return sent;
    }
}
