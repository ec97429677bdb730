using System.Text.Json;

namespace Picket.Server;

/// <summary>Answers the requests of one protocol, and the canary by the same steps.</summary>
internal sealed class CheckRoute(
    CheckProtocol protocol, LimitOptions limits, PolicyBook book, LoadGate gate, CascadeCheck check, TimeProvider clock) : ICanaryRoute
{
    public string Route => protocol.Route;

    public CheckProtocol Protocol => protocol;

    /// <summary>Answers over HTTP.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        Policy policy = book.Current.For(Route)
            ?? throw new RequestFault(StatusCodes.Status404NotFound, FaultCode.RouteOff, $"the route {Route} is off");
        long start = clock.GetTimestamp();
        CheckRequest request = Read(await RequestBody.ReadAsync(http.Request, limits, http.RequestAborted));
        using IDisposable place = gate.Enter(TextTokens.Of(request.Inputs));
        CheckOutcome outcome = await CascadeCheck.RunAsync(policy, request.Inputs, http.RequestAborted);
        check.Count(Route, outcome);
        outcome.Times.Add(StageTimes.Total, clock.GetElapsedTime(start));
        byte[] answer = JsonBytes.Of(json => protocol.Write(json, request, outcome));
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        http.Response.Headers["Server-Timing"] = outcome.Times.Header();
        http.Response.Headers["Picket-Policy"] = outcome.Policy.Version;
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }

    /// <inheritdoc/>
    /// <remarks>It is not counted, and a full queue does not keep it out: a policy must not fail to come in force for load.</remarks>
    public async ValueTask<(bool Unsafe, bool Blocked)> TryAsync(Policy policy, string token, CancellationToken cancellationToken)
    {
        CheckRequest request = Read(JsonBytes.Of(json => protocol.WriteCanary(json, $"canary {token}")));
        CheckOutcome outcome = await CascadeCheck.RunAsync(policy, request.Inputs, cancellationToken);
        using var answer = JsonDocument.Parse(JsonBytes.Of(json => protocol.Write(json, request, outcome)));
        return (outcome.Verdicts.Any(static verdict => verdict.Unsafe), protocol.Blocks(answer.RootElement));
    }

    private CheckRequest Read(byte[] body)
    {
        using JsonDocument document = RequestBody.Parse(body, limits);
        return protocol.Read(document.RootElement, new JsonReading(limits));
    }
}
