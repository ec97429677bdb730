using Picket.Chat;

namespace Picket.Server;

/// <summary>What is wrong with the proxy's part of a configuration, with the key's path.</summary>
internal static class ProxyFaults
{
    private const string Path = $"{ServerConfiguration.Section}:{nameof(ServerOptions.Proxy)}";

    // Hop by hop, secrets of this server, or set by the proxy itself.
    private static readonly string[] Kept =
    [
        "Authorization", "Cookie", "Set-Cookie", "Host", "Connection", "Keep-Alive", "Transfer-Encoding", "TE", "Trailer", "Upgrade",
        "Proxy-Authorization", "Proxy-Connection", "Content-Length", "Content-Type", "Content-Encoding", "Accept-Encoding", "Expect",
        .. Entrance.KeyHeaders,
    ];

    /// <summary>Everything beyond <paramref name="known"/>: what is out of its own range is not told a second time.</summary>
    public static IEnumerable<string> Of(ServerOptions options, IReadOnlyList<string> known)
    {
        foreach ((string name, PolicyOptions policy) in options.Policies)
        {
            string path = $"{ServerConfiguration.Section}:Policies:{name}:Proxy:";
            if (!known.Any(fault => fault.StartsWith(path, StringComparison.OrdinalIgnoreCase)))
            {
                foreach (string fault in policy.Proxy.Faults())
                {
                    yield return $"{path} {fault}";
                }
            }
        }

        foreach (string fault in HeaderFaults(nameof(ProxyOptions.RequestHeaders), options.Proxy.RequestHeaders)
            .Concat(HeaderFaults(nameof(ProxyOptions.ResponseHeaders), options.Proxy.ResponseHeaders)))
        {
            yield return fault;
        }

        if (RouteNames.HasUpstream(options))
        {
            foreach (string? fault in new[] { AddressFault(options.Proxy), KeyFault(options.Proxy) })
            {
                if (fault is not null)
                {
                    yield return fault;
                }
            }
        }
        else
        {
            foreach ((string route, string policy) in options.Routes)
            {
                if (ProxyProtocols.All.Any(known => known.Route.Equals(route, StringComparison.OrdinalIgnoreCase))
                    && !policy.Equals(ServerOptions.Off, StringComparison.OrdinalIgnoreCase))
                {
                    yield return $"{Path}:{nameof(ProxyOptions.Upstream)}: expected an address for the route {route}, found none";
                }
            }
        }
    }

    private static string? AddressFault(ProxyOptions options)
    {
        try
        {
            return Uri.TryCreate(options.Upstream, UriKind.Absolute, out Uri? address) && RemoteAddress.Of(address, "models", "upstream") is not null
                ? null
                : $"{Path}:{nameof(options.Upstream)}: expected an address that begins with http:// or https://, found another text";
        }
        catch (PicketException fault)
        {
            return $"{Path}:{nameof(options.Upstream)}: {fault.Message}";
        }
    }

    private static string? KeyFault(ProxyOptions options)
    {
        try
        {
            _ = RemoteKey.Read(options.KeyVariable);
            return null;
        }
        catch (Exception fault) when (fault is PicketException or ArgumentException)
        {
            return $"{Path}:{nameof(options.KeyVariable)}: {(fault is PicketException ? fault.Message : "expected a variable's name, found none")}";
        }
    }

    private static IEnumerable<string> HeaderFaults(string key, IReadOnlyList<string> names) => names
        .Select((name, i) => (Name: name, Index: i))
        .Where(static header => Kept.Contains(header.Name, StringComparer.OrdinalIgnoreCase)
            || header.Name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not '-' and not '_'))
        .Select(header => $"{Path}:{key}:{header.Index}: expected a header's name that may be passed on, found {header.Name}");
}
