namespace Picket.Server;

/// <summary>The names of routes in <c>Picket:Routes</c>.</summary>
internal static class RouteNames
{
    /// <summary>All that a configuration may name.</summary>
    public static readonly IReadOnlyList<string> All =
        [.. CheckProtocols.All.Select(static protocol => protocol.Route), .. ProxyProtocols.All.Select(static protocol => protocol.Route)];

    /// <summary>Those that a server has: without an upstream there is nothing behind the proxy's.</summary>
    public static IReadOnlyList<string> Of(ServerOptions options) =>
        HasUpstream(options) ? All : [.. CheckProtocols.All.Select(static protocol => protocol.Route)];

    public static bool HasUpstream(ServerOptions options) => options.Proxy.Upstream.Length > 0;
}
