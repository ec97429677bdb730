using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Picket.Chat.Tests;

/// <summary>A server by hand: answers the requests by a script, which gets the body and the number of the request, from 0.</summary>
internal sealed class ScriptedServer(Func<string, int, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private int _requests;

    public ScriptedServer(params HttpResponseMessage[] answers)
        : this((_, number, _) => Task.FromResult(answers[number]))
    {
    }

    public ConcurrentQueue<string> Bodies { get; } = [];

    public ConcurrentQueue<(Uri? Address, string? Authorization)> Heads { get; } = [];

    public static HttpResponseMessage Ok(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8) };

    public static HttpResponseMessage Result(string fields) => Ok($$"""{"id":"modr-1","model":"m","results":[{{{fields}}}]}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = await request.Content!.ReadAsStringAsync(cancellationToken);
        Bodies.Enqueue(body);
        Heads.Enqueue((request.RequestUri, request.Headers.Authorization?.ToString()));
        return await answer(body, Interlocked.Increment(ref _requests) - 1, cancellationToken);
    }
}
