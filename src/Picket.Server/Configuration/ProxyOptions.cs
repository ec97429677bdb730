using System.ComponentModel.DataAnnotations;

namespace Picket.Server;

/// <summary>The model server behind the guarding proxy: <c>Picket:Proxy</c>. What a policy does there is <see cref="PolicyOptions.Proxy"/>.</summary>
public sealed class ProxyOptions
{
    /// <summary>
    /// The address of a server that speaks OpenAI's API, with or without <c>/v1</c>. No request can change it. Default: none, and the proxy's
    /// routes are not served.
    /// </summary>
    public string Upstream { get; init; } = "";

    /// <summary>Whose key the upstream gets. Default: the server's.</summary>
    public UpstreamKey UpstreamKey { get; init; } = UpstreamKey.Server;

    /// <summary>The environment variable with the server's key. Without a value no key is sent. Default: <c>PICKET_UPSTREAM_KEY</c>.</summary>
    public string KeyVariable { get; init; } = "PICKET_UPSTREAM_KEY";

    /// <summary>How long the upstream may take until it begins to answer. Default: 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long it may then say nothing. Default: 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of a whole answer, or of one event of a stream; more are a fault (502). Default: 16 MB.</summary>
    [Range(1024, 1 << 30)]
    public int AnswerBytes { get; init; } = 16 << 20;

    /// <summary>Headers of a request that are passed on, besides what the proxy sets itself. Default: OpenAI's and those of traces.</summary>
    public IReadOnlyList<string> RequestHeaders { get; init; } =
        ["Accept", "OpenAI-Beta", "OpenAI-Organization", "OpenAI-Project", "Idempotency-Key", "X-Request-Id", "traceparent", "tracestate"];

    /// <summary>Headers of an answer that are passed on, besides its content type. Default: OpenAI's and <c>Retry-After</c>.</summary>
    public IReadOnlyList<string> ResponseHeaders { get; init; } =
    [
        "Retry-After", "X-Request-Id", "OpenAI-Processing-Ms", "OpenAI-Version",
        "X-RateLimit-Limit-Requests", "X-RateLimit-Limit-Tokens", "X-RateLimit-Remaining-Requests", "X-RateLimit-Remaining-Tokens",
        "X-RateLimit-Reset-Requests", "X-RateLimit-Reset-Tokens",
    ];
}
