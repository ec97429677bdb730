namespace Picket.Server;

/// <summary>What a client's program can tell faults by.</summary>
internal static class FaultCode
{
    public const string InvalidRequest = "invalid_request";
    public const string InvalidKey = "invalid_api_key";
    public const string WrongScope = "insufficient_scope";
    public const string LocalOnly = "local_only";
    public const string NotFound = "not_found";
    public const string RouteOff = "route_off";
    public const string TooLarge = "too_large";
    public const string RateLimit = "rate_limit_exceeded";
    public const string QueueFull = "queue_full";
    public const string GuardFailed = "guard_failed";
    public const string ContentFilter = ProxyProtocol.ContentFilter;
    public const string UpstreamFailed = "upstream_failed";
    public const string UpstreamInvalid = "upstream_invalid";
    public const string UpstreamTimeout = "upstream_timeout";
    public const string Internal = "internal_error";
}
