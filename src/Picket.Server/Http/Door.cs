using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Picket.Server;

/// <summary>What stands around every handler: the key, faults in the API's own shape, the request's metrics. No fault's text is logged.</summary>
internal sealed class Door(Entrance entrance, ServerMetrics metrics, TimeProvider clock, ILogger<Door> log)
{
    // Of nginx: the client closed the request. It stands in metrics alone, nobody receives it.
    private const int ClientGone = 499;

    /// <summary>Wraps <paramref name="handler"/>.</summary>
    /// <param name="route">The route's name in metrics and logs.</param>
    /// <param name="scope">What the key must open; <see langword="null"/> for everybody.</param>
    /// <param name="shape">How faults are told.</param>
    /// <param name="handler">Answers; it may throw <see cref="RequestFault"/>.</param>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The last one who can answer.")]
    public RequestDelegate Wrap(string route, KeyScope? scope, ErrorShape shape, RequestDelegate handler) => async http =>
    {
        long start = clock.GetTimestamp();
        string? key = null;
        int status = 0;
        using Activity? span = RequestSpan.Start(http.Request, route);
        try
        {
            key = scope is { } needed ? entrance.Admit(http, needed) : null;
            await handler(http);
            status = http.Response.StatusCode;
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            status = ClientGone;
        }
        catch (Exception fault)
        {
            RequestFault told = Tell(fault, route);
            status = told.Status;
            await shape.WriteAsync(http, told);
        }
        finally
        {
            RequestSpan.End(span, status);
            TimeSpan elapsed = clock.GetElapsedTime(start);
            metrics.Answered(route, status, key, elapsed);
            Journal.Answered(log, route, status, key, elapsed.TotalMilliseconds);
        }
    };

    /// <summary>What a client is told of a fault; counts and logs it.</summary>
    public RequestFault Tell(Exception fault, string route)
    {
        RequestFault told = Told(fault, route);
        metrics.Refused(route, told.Code);
        return told;
    }

    private RequestFault Told(Exception fault, string route)
    {
        switch (fault)
        {
            case RequestFault told:
                return told;
            case BadHttpRequestException bad:
                return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? RequestFault.TooLarge("the body is larger than this server takes")
                    : new RequestFault(bad.StatusCode, FaultCode.InvalidRequest, "expected a whole HTTP request, found a broken one");
            case PicketException own:
                // Picket's own messages hold no text, but addresses of guards, which are no client's business.
                Journal.GuardFailed(log, route, own.Message);
                return new RequestFault(StatusCodes.Status503ServiceUnavailable, FaultCode.GuardFailed, "a guard gave no usable answer");
            default:
                // The message of a fault nobody expected may quote the text it choked on; the places it passed do not.
                Journal.Unexpected(log, route, fault.GetType().Name, fault.StackTrace);
                return new RequestFault(StatusCodes.Status500InternalServerError, FaultCode.Internal, "the server failed");
        }
    }
}
