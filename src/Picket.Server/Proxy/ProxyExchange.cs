using System.Text;
using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>One request from its prompt to the last byte of its answer.</summary>
internal sealed class ProxyExchange(
    ProxyProtocol protocol, Policy policy, Upstream upstream, GuardedCall call, ProxyRequest request, HttpContext http, TimeProvider clock)
{
    public const string Json = "application/json";
    public const string Events = "text/event-stream";

    // An error is a sentence; what is longer is none, and not worth to be passed on.
    private const int MaxErrorBytes = 64 << 10;

    private readonly StageTimes _times = new();

    /// <summary>The client's own, if it is meant for the upstream.</summary>
    public string? Authorization { get; init; }

    /// <summary>Told when the guards are done with the prompt.</summary>
    public Action? Judged { get; init; }

    /// <summary>Told how long the upstream took to begin.</summary>
    public Action<TimeSpan>? Asked { get; init; }

    /// <summary>What a client is told of a fault.</summary>
    public Func<Exception, RequestFault> Tell { get; init; } = static fault => fault as RequestFault ?? UpstreamFaults.Cut();

    private string Refusal => policy.Options.Proxy.Blocked == BlockedResponse.Refusal ? policy.Options.Proxy.RefusalText : "";

    /// <summary>Runs it.</summary>
    /// <param name="body">The request's bytes.</param>
    /// <exception cref="RequestFault">There is no answer; nothing has left.</exception>
    public async Task RunAsync(byte[] body)
    {
        StageTimes.Current = _times;
        long start = clock.GetTimestamp();
        http.Response.Headers["Picket-Policy"] = policy.Version;
        bool isBlocked = await call.IsPromptBlockedAsync(http.RequestAborted);
        Judged?.Invoke();
        if (isBlocked)
        {
            await RefuseAsync();
            return;
        }

        byte[] asked = policy.Defense is { } wording ? JsonBytes.Of(json => protocol.WriteDefended(json, request, wording)) : body;
        long sent = clock.GetTimestamp();
        using HttpResponseMessage answer = await upstream.SendAsync(http.Request, protocol.Service, asked, Authorization, http.RequestAborted);
        TimeSpan waited = clock.GetElapsedTime(sent);
        _times.Add(StageTimes.Upstream, waited);
        Asked?.Invoke(waited);
        upstream.CopyHeaders(answer, http.Response);
        UpstreamBody said = upstream.Body(await answer.Content.ReadAsStreamAsync(http.RequestAborted));
        string? type = answer.Content.Headers.ContentType?.MediaType;
        if (!answer.IsSuccessStatusCode)
        {
            await PassErrorAsync((int)answer.StatusCode, type, said);
        }
        else if (answer.Content.Headers.ContentEncoding.Count > 0)
        {
            throw UpstreamFaults.Garbage("an answer without an encoding");
        }
        else if (type == Events)
        {
            http.Response.Headers["Server-Timing"] = _times.Header();
            await new StreamedExchange(protocol, upstream, call, request, http, Refusal, Tell).RunAsync(said);
        }
        else
        {
            await PassWholeAsync((int)answer.StatusCode, await said.ReadAllAsync(upstream.Options.AnswerBytes, http.RequestAborted), start);
        }
    }

    private static RequestFault Filtered(string what) =>
        new(StatusCodes.Status400BadRequest, FaultCode.ContentFilter, $"the guard holds the {what} unsafe");

    private async Task RefuseAsync()
    {
        if (policy.Options.Proxy.Blocked == BlockedResponse.Error)
        {
            throw Filtered("prompt");
        }

        http.Response.Headers["Server-Timing"] = _times.Header();
        if (request.Streams)
        {
            byte[] events =
            [
                .. protocol.RefusalStream(request, Refusal, clock.GetUtcNow()).SelectMany(static message => message.Bytes()),
                .. Encoding.UTF8.GetBytes(protocol.Done),
            ];
            await WriteAsync(StatusCodes.Status200OK, Events, events);
        }
        else
        {
            await WriteAsync(StatusCodes.Status200OK, Json, JsonBytes.Of(json => protocol.WriteRefusal(json, request, Refusal, clock.GetUtcNow())));
        }
    }

    private async Task PassErrorAsync(int status, string? type, UpstreamBody said)
    {
        if (status < StatusCodes.Status400BadRequest)
        {
            throw UpstreamFaults.Garbage("an answer");
        }

        string text = Encoding.UTF8.GetString(await said.ReadAllAsync(MaxErrorBytes, http.RequestAborted));
        await WriteAsync(status, type ?? "text/plain", Encoding.UTF8.GetBytes(upstream.Hidden(text)));
    }

    private async Task PassWholeAsync(int status, byte[] body, long start)
    {
        byte[] leaving = policy.Guarding.ChecksAnswers ? await CheckedAsync(body) : body;
        _times.Add(StageTimes.Total, clock.GetElapsedTime(start));
        http.Response.Headers["Server-Timing"] = _times.Header();
        await WriteAsync(status, Json, leaving);
    }

    private async ValueTask<byte[]> CheckedAsync(byte[] body)
    {
        try
        {
            using JsonDocument answer = Parse(body);
            if (!policy.Options.Shadow && UnsaidTokens.Any(answer.RootElement))
            {
                return await CheckedAsync(UnsaidTokens.Without(answer.RootElement));
            }

            IReadOnlySet<int> blocked = await WholeAnswer.BlockedAsync(protocol, answer.RootElement, call, http.RequestAborted);
            return blocked.Count == 0 ? body
                : policy.Options.Proxy.Blocked == BlockedResponse.Error ? throw Filtered("answer")
                : JsonBytes.Of(json => protocol.WriteReplaced(json, answer.RootElement, blocked, Refusal));
        }
        catch (RequestFault fault) when (policy.Options.Shadow && fault.Code == FaultCode.UpstreamInvalid)
        {
            return body;
        }
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return System.Text.Unicode.Utf8.IsValid(body) ? JsonDocument.Parse(body) : throw UpstreamFaults.Garbage("JSON");
        }
        catch (JsonException)
        {
            throw UpstreamFaults.Garbage("JSON");
        }
    }

    private async Task WriteAsync(int status, string type, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
