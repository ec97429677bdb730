using System.Diagnostics;

namespace Picket.Server;

/// <summary>The span around a request; those of its stages are its children.</summary>
internal static class RequestSpan
{
    public const string Name = "request";

    /// <summary>Starts it, as a part of the client's trace if the client names one; <see langword="null"/> when nobody listens.</summary>
    public static Activity? Start(HttpRequest request, string route)
    {
        // ASP.NET has an activity of its own here, which no collector sees and which carries the client's baggage.
        Activity.Current = null;
        ActivityContext parent = ActivityContext.TryParse(request.Headers.TraceParent, null, isRemote: true, out ActivityContext client)
            ? client
            : default;
        return ServerMetrics.Spans.StartActivity(Name, ActivityKind.Server, parent)?.SetTag("picket.route", route);
    }

    /// <summary>Notes how it ended.</summary>
    public static void End(Activity? span, int status)
    {
        span?.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }
}
