using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Picket.Cli.Tests.Augment;

/// <summary>A server on this machine for chats and moderation, over real connections: what it says follows from the request alone.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private int _requests;

    public LocalServer()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://{free.LocalEndpoint}/";
        free.Stop();
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Told of each request, from 1, before it is answered.</summary>
    public Action<int>? OnRequest { get; set; }

    /// <summary>Whether it goes on with a prefix.</summary>
    public bool HonoursPrefix { get; set; } = true;

    /// <summary>What it says to a chat, where that is to be something of its own.</summary>
    public Func<JsonElement, string>? Says { get; set; }

    public int Requests => _requests;

    /// <summary>What was asked for, and how often.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        try
        {
            using JsonDocument sent = await JsonDocument.ParseAsync(call.Request.InputStream);
            Asked.AddOrUpdate(sent.RootElement.GetRawText(), 1, static (_, times) => times + 1);
            int request = Interlocked.Increment(ref _requests);
            OnRequest?.Invoke(request);
            await call.Response.OutputStream.WriteAsync(call.Request.Url!.AbsolutePath.EndsWith("/moderations", StringComparison.Ordinal)
                ? JsonSerializer.SerializeToUtf8Bytes(new { results = new[] { new { unsafe_probability = Score(sent.RootElement) } } })
                : JsonSerializer.SerializeToUtf8Bytes(new
                {
                    choices = new[] { new { message = new { content = (Says ?? Text)(sent.RootElement) }, finish_reason = "stop" } },
                    usage = new { prompt_tokens = 100, completion_tokens = 10 },
                }));
            call.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side was killed: that is what some tests are about.
        }
    }

    private static double Score(JsonElement sent) => sent.GetProperty("input").GetString()!.Sum(static c => c) % 100 / 100.0;

    private string Text(JsonElement sent)
    {
        if (!sent.TryGetProperty("seed", out JsonElement seed))
        {
            return HonoursPrefix ? "is." : "Paris.";
        }

        var random = new Random((int)seed.GetInt64());
        return string.Join(' ', Enumerable.Range(0, 14).Select(_ => new string((char)random.Next('a', 'z'), random.Next(1, 8))));
    }
}
