namespace Picket.Server;

/// <summary>Why a request gets no answer; the message is for the client and quotes nothing of the request.</summary>
internal sealed class RequestFault(int status, string code, string message) : PicketException(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    /// <summary>One of <see cref="FaultCode"/>.</summary>
    public string Code => code;

    /// <summary>The field that is at fault, if one is.</summary>
    public string? Field { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the connection ends with it: of a body that broke off nobody knows where the next request would begin.</summary>
    public bool Closes { get; init; }

    /// <summary>A field that is not what it should be.</summary>
    public static RequestFault Of(string field, string expected) =>
        new(StatusCodes.Status400BadRequest, FaultCode.InvalidRequest, $"field {field}: expected {expected}") { Field = field };

    /// <summary>More than the limits allow.</summary>
    public static RequestFault TooLarge(string message) => new(StatusCodes.Status413PayloadTooLarge, FaultCode.TooLarge, message);
}
