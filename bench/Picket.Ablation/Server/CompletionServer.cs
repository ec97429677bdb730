using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Picket.Chat;

namespace Picket.Ablation;

/// <summary>
/// A generator behind OpenAI's protocol, on this machine alone: <c>/v1/chat/completions</c> and <c>/v1/completions</c>, answers whole.
/// </summary>
/// <remarks>Nothing of a request or an answer is written anywhere. The generator is the caller's to dispose, after the server.</remarks>
internal sealed class CompletionServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly IGenerator _generator;
    private readonly Task _serving;

    private CompletionServer(IGenerator generator, int port)
    {
        _generator = generator;
        Address = new Uri($"http://127.0.0.1:{(port == 0 ? FreePort() : port)}/");
        _listener.Prefixes.Add(Address.ToString());
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException taken)
        {
            throw new PicketException($"{Address}: expected a free port, found {taken.Message}", taken);
        }

        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="generator">Answers; called for several requests at a time.</param>
    /// <param name="port">A port, 0 for one that is free.</param>
    /// <exception cref="PicketException">The port is taken.</exception>
    public static CompletionServer Start(IGenerator generator, int port) => new(generator, port);

    /// <summary>Ends; requests under way are broken off.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext call = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(call));
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
            (int status, object answer) = await AnswerAsync(call.Request);
            call.Response.StatusCode = status;
            call.Response.ContentType = "application/json";
            await call.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer));
            call.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            call.Response.Abort();
        }
    }

    private async Task<(int Status, object Answer)> AnswerAsync(HttpListenerRequest request)
    {
        bool chat = request.Url!.AbsolutePath == "/v1/chat/completions";
        if (request.HttpMethod != "POST" || (!chat && request.Url.AbsolutePath != "/v1/completions"))
        {
            return (404, Error("expected POST /v1/chat/completions or /v1/completions"));
        }

        GenerationRequest? asked;
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(request.InputStream);
            asked = chat ? ServedRequest.OfChat(body.RootElement) : ServedRequest.OfCompletion(body.RootElement);
        }
        catch (JsonException)
        {
            asked = null;
        }

        return asked is null
            ? (400, Error(chat ? "expected messages with role and content" : "expected a prompt"))
            : (200, Answer(await _generator.GenerateAsync(asked), chat));
    }

    private static object Error(string message) => new { error = new { message, type = "invalid_request_error" } };

    private object Answer(Generation generation, bool chat)
    {
        string finish_reason = generation.Finish == GenerationFinish.Length ? "length" : "stop";
        var usage = new
        {
            prompt_tokens = generation.Usage?.Prompt ?? 0,
            completion_tokens = generation.Usage?.Answer ?? 0,
            total_tokens = (generation.Usage?.Prompt + generation.Usage?.Answer) ?? 0,
        };
        object choice = chat
            ? new { index = 0, message = new { role = "assistant", content = generation.Text }, finish_reason }
            : new { index = 0, text = generation.Text, finish_reason };
        string kind = chat ? "chat.completion" : "text_completion";
        return new { id = "local", @object = kind, model = _generator.Description.Name, choices = new[] { choice }, usage };
    }
}
