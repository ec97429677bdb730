using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>Guards one API of the upstream, and proves to the canary that it does, by the same steps.</summary>
internal sealed class ProxyRoute(
    ProxyProtocol protocol,
    ProxyUpstream upstream,
    LimitOptions limits,
    PolicyBook book,
    LoadGate gate,
    CascadeCheck check,
    Entrance entrance,
    Door door,
    ServerMetrics metrics,
    TimeProvider clock) : ICanaryRoute
{
    public string Route => protocol.Route;

    public ProxyProtocol Protocol => protocol;

    /// <summary>Whether there is an upstream.</summary>
    public bool IsServed => upstream.Value is not null;

    /// <summary>Answers over HTTP.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (upstream.Value is not { } server || book.Current.For(Route) is not { } policy)
        {
            throw new RequestFault(StatusCodes.Status404NotFound, FaultCode.RouteOff, $"the route {Route} is off");
        }

        byte[] body = await RequestBody.ReadAsync(http.Request, limits, http.RequestAborted);
        using JsonDocument document = RequestBody.Parse(body, limits, isPassedOn: true);
        ProxyRequest request = protocol.Read(document.RootElement, new JsonReading(limits));
        var prompt = new PromptParts(request.Messages, request.Instructions, policy.Guarding.InputScope);
        using IDisposable place = gate.Enter(TextTokens.Of([.. prompt.Inputs.Select(static one => one.Input)]));
        var call = new GuardedCall(policy.Cascade, policy.Guarding, prompt);
        try
        {
            await new ProxyExchange(protocol, policy, server, call, request, http, clock)
            {
                Authorization = entrance.ForOthers(http.Request),
                Judged = place.Dispose,
                Asked = elapsed => metrics.Asked(Route, elapsed),
                Tell = fault => door.Tell(fault, Route),
            }.RunAsync(body);
        }
        finally
        {
            check.Count(Route, policy, call.Verdict);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nobody is asked: the upstream's answers are made here. Nothing is counted.</remarks>
    public async ValueTask<(bool Unsafe, bool Blocked)> TryAsync(Policy policy, string token, CancellationToken cancellationToken)
    {
        var canary = new ProxyCanary(protocol, policy, limits, clock);
        var tried = new List<(bool Unsafe, bool Blocked)>();
        string unsafeText = $"canary {token}";
        string safeText = CanaryGuard.SafeText(token);
        foreach (bool streams in new[] { false, true })
        {
            if ((policy.Guarding.InputScope & (InputScope.LastUserTurn | InputScope.Conversation)) != InputScope.None)
            {
                tried.Add(await canary.TryAsync(unsafeText, safeText, streams, cancellationToken));
            }

            if (policy.Guarding.ChecksAnswers)
            {
                tried.Add(await canary.TryAsync(safeText, unsafeText, streams, cancellationToken));
            }
        }

        // What is to be blocked must be on every way; what is to go through, on every way too.
        return (tried.TrueForAll(static one => one.Unsafe),
            policy.Options.Shadow ? tried.Exists(static one => one.Blocked) : tried.TrueForAll(static one => one.Blocked));
    }
}
