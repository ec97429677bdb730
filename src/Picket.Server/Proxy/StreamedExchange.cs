using Picket.Chat;

namespace Picket.Server;

/// <summary>The streamed answer of an exchange.</summary>
internal sealed class StreamedExchange(
    ProxyProtocol protocol,
    Upstream upstream,
    GuardedCall call,
    ProxyRequest request,
    HttpContext http,
    string refusal,
    Func<Exception, RequestFault> tell)
{
    private readonly AnswerStream _answer = new(protocol, request, call, refusal);
    private readonly CancellationToken _gone = http.RequestAborted;

    /// <summary>Passes events on as their texts are found safe. Once begun, what goes wrong is the last event.</summary>
    public async Task RunAsync(UpstreamBody said)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = ProxyExchange.Events;
        http.Response.Headers.CacheControl = "no-cache";
        await http.Response.StartAsync(_gone);
        try
        {
            if (call.Options.Shadow || !call.Options.ChecksAnswers)
            {
                // What is never blocked has no reason to wait for its score.
                said.Copy = WriteAsync;
            }

            if (call.Options.ChecksAnswers)
            {
                await GuardAsync(said);
            }
            else
            {
                await said.DrainAsync(_gone);
            }
        }
        catch (Exception fault) when (!_gone.IsCancellationRequested)
        {
            await WriteAsync(new SseMessage("", ErrorShape.OpenAi.Bytes(tell(fault))).Bytes());
        }
    }

    private async Task GuardAsync(UpstreamBody said)
    {
        RequestFault? broken = null;
        try
        {
            await ReadAsync(new SseReader(said, upstream.Options.AnswerBytes));
        }
        catch (RequestFault fault) when (call.Options.Shadow && fault.Code == FaultCode.UpstreamInvalid)
        {
            await said.DrainAsync(_gone);
        }
        catch (RequestFault fault)
        {
            broken = fault;
        }

        (byte[] bytes, bool isWhole) = await _answer.EndAsync(broken is null, _gone);
        await LeaveAsync(bytes);
        if (!isWhole && !(call.Options.Shadow && broken is null))
        {
            throw broken ?? UpstreamFaults.Cut();
        }
    }

    private async Task ReadAsync(SseReader reader)
    {
        while (!_answer.IsOver && await reader.ReadAsync(_gone) is { } next)
        {
            await LeaveAsync(await _answer.AcceptAsync(next, _gone));
        }
    }

    private ValueTask LeaveAsync(byte[] bytes) => call.Options.Shadow ? ValueTask.CompletedTask : WriteAsync(bytes);

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            await http.Response.Body.WriteAsync(bytes, _gone);
            await http.Response.Body.FlushAsync(_gone);
        }
    }
}
