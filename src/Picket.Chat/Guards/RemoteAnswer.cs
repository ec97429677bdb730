using System.Net;
using System.Net.Http.Headers;

namespace Picket.Chat;

/// <summary>What came back of one try.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="RetryAfter">When the server wants to be asked again, if it says so.</param>
/// <param name="Body">The body, whole.</param>
internal sealed record RemoteAnswer(HttpStatusCode Status, RetryConditionHeaderValue? RetryAfter, byte[] Body)
{
    /// <summary>The same request may fare better later.</summary>
    public bool MayPass => Status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented);
}
