namespace Picket.Server;

/// <summary>The section <c>Picket</c> of a server's configuration.</summary>
/// <remarks>
/// <see cref="Policies"/> and <see cref="Routes"/> are read again while the server runs; the rest needs a restart. Addresses and certificates are
/// Kestrel's (<c>Urls</c>, <c>Kestrel</c>), log levels those of <c>Logging</c>.
/// </remarks>
public sealed class ServerOptions
{
    /// <summary>The policy of a route that <see cref="Routes"/> does not name.</summary>
    public const string DefaultPolicy = "default";

    /// <summary>In the place of a policy: the route is not served.</summary>
    public const string Off = "off";

    /// <summary>Which guards judge.</summary>
    public GuardPlaceOptions Guards { get; init; } = new();

    /// <summary>Policies by name. Default: one named <c>default</c>, with the defaults of <see cref="PolicyOptions"/>.</summary>
    public IReadOnlyDictionary<string, PolicyOptions> Policies { get; init; } = new Dictionary<string, PolicyOptions>();

    /// <summary>The policy of each route, or <c>off</c>. A route that is not named has <c>default</c>.</summary>
    public IReadOnlyDictionary<string, string> Routes { get; init; } = new Dictionary<string, string>();

    /// <summary>API keys by the name that metrics and logs call them. Without any the server answers this machine alone.</summary>
    public IReadOnlyDictionary<string, KeyOptions> Keys { get; init; } = new Dictionary<string, KeyOptions>();

    /// <summary>How much one request may hold, and how long the server waits.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>The model server behind the guarding proxy.</summary>
    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>How requests share the guards.</summary>
    public QueueOptions Queue { get; init; } = new();

    /// <summary>Where traces and metrics are sent.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();
}
