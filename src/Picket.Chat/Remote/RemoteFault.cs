using System.Net;

namespace Picket.Chat;

/// <summary>A server refused a request: the cause of the <see cref="PicketException"/> that says so.</summary>
internal sealed class RemoteFault(HttpStatusCode status) : Exception($"HTTP {(int)status}")
{
    /// <summary>What it answered.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The server refuses this request rather than this caller: another way of asking may be welcome.</summary>
    public bool IsAboutTheRequest => Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        or HttpStatusCode.ProxyAuthenticationRequired or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout);
}
