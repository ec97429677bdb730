namespace Picket.Server;

/// <summary>What a client of the proxy gets in place of a blocked text.</summary>
public enum BlockedResponse
{
    /// <summary>Status 400 with the code <c>content_filter</c>. A stream that has begun ends with that as its finish reason.</summary>
    Error,

    /// <summary>An answer with <see cref="ProxyPolicyOptions.RefusalText"/>, finished by <c>content_filter</c>.</summary>
    Refusal,
}
