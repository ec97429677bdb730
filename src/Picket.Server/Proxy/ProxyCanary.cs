using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>Runs an exchange over an upstream of its own, and reads the answer as a client would.</summary>
internal sealed class ProxyCanary(ProxyProtocol protocol, Policy policy, LimitOptions limits, TimeProvider clock)
{
    /// <summary>Asks <paramref name="prompt"/>, to which the upstream says <paramref name="answer"/>.</summary>
    /// <returns>Whether one of them was found unsafe, and whether the client is told so and gets no word of the answer.</returns>
    public async ValueTask<(bool Unsafe, bool Blocked)> TryAsync(string prompt, string answer, bool streams, CancellationToken cancellationToken)
    {
        byte[] body = JsonBytes.Of(json => protocol.WriteCanary(json, prompt, streams));
        using JsonDocument document = RequestBody.Parse(body, limits, isPassedOn: true);
        ProxyRequest request = protocol.Read(document.RootElement, new JsonReading(limits));
        using var invoker = new HttpMessageInvoker(new Answering(protocol, answer, streams));
        using var upstream = new Upstream(new ProxyOptions { Upstream = "http://localhost" }, invoker, clock);
        var parts = new PromptParts(request.Messages, request.Instructions, policy.Guarding.InputScope);
        var call = new GuardedCall(policy.Cascade, policy.Guarding, parts);
        using var said = new MemoryStream();
        var http = new DefaultHttpContext { RequestAborted = cancellationToken, Response = { Body = said } };
        bool isRefused = false;
        try
        {
            await new ProxyExchange(protocol, policy, upstream, call, request, http, clock).RunAsync(body);
        }
        catch (RequestFault fault) when (fault.Code == FaultCode.ContentFilter)
        {
            isRefused = true;
        }

        string text = Encoding.UTF8.GetString(said.ToArray());
        bool isAnswered = text.Contains(answer, StringComparison.Ordinal);
        return (call.Verdict.Unsafe, isRefused || (!isAnswered && text.Contains(ProxyProtocol.ContentFilter, StringComparison.Ordinal)));
    }

    private sealed class Answering(ProxyProtocol protocol, string answer, bool streams) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            byte[] body = streams
                ? [.. protocol.CanaryStream(answer).SelectMany(static message => message.Bytes()), .. Encoding.UTF8.GetBytes(protocol.Done)]
                : JsonBytes.Of(json => protocol.WriteCanaryAnswer(json, answer));
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(streams ? ProxyExchange.Events : ProxyExchange.Json);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }
}
