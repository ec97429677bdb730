using System.Net;
using System.Net.Http.Headers;

namespace Picket.Chat;

/// <summary>How much of an answer's body came.</summary>
internal enum AnswerState
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>The connection broke within it.</summary>
    Cut,

    /// <summary>All of it, and it is not the answer that was asked for.</summary>
    Broken,
}

/// <summary>What came back of one try.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="RetryAfter">When the server wants to be asked again, if it says so.</param>
/// <param name="Body">The body; empty when it was cut.</param>
/// <param name="State">How much of it came.</param>
/// <param name="Tries">Which try it was, from 1.</param>
internal sealed record RemoteAnswer(
    HttpStatusCode Status, RetryConditionHeaderValue? RetryAfter, byte[] Body, AnswerState State = AnswerState.Whole, int Tries = 1)
{
    /// <summary>The same request may fare better later.</summary>
    public bool MayPass => State != AnswerState.Whole || Status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented);
}
