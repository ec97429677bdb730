using System.Net;

namespace Picket.Server;

/// <summary>Where the server is told to listen.</summary>
internal static class ListenAddresses
{
    public const string Default = "http://127.0.0.1:8080";

    /// <summary>Each address that others can reach, as a fault: a server without keys serves its own machine alone.</summary>
    public static IEnumerable<string> FaultsWithoutKeys(IConfiguration configuration) =>
        Configured(configuration)
            .Where(static address => !IsLoopback(address.Url))
            .Select(static address => $"{address.Key}: expected keys (Picket:Keys) or a loopback address, found {address.Url} and no keys");

    /// <summary>Whether any address is configured.</summary>
    public static bool Any(IConfiguration configuration) => Configured(configuration).Any();

    /// <summary>Whether an address as Kestrel takes it is one that only this machine reaches.</summary>
    public static bool IsLoopback(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        string authority = (scheme < 0 ? url : url[(scheme + 3)..]).Split('/')[0];
        if (authority.StartsWith("unix:", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return IsLoopbackHost(HostString.FromUriComponent(authority).Host);
    }

    /// <summary>Whether a host's name is this machine's own.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static IEnumerable<(string Key, string Url)> Configured(IConfiguration configuration)
    {
        foreach (string url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return ("Urls", url);
        }

        // A port without a host means every address of the machine.
        foreach (string key in new[] { "http_ports", "https_ports" })
        {
            if (configuration[key] is { Length: > 0 } ports && string.IsNullOrEmpty(configuration["urls"]))
            {
                yield return (key, $"http://*:{ports}");
            }
        }

        foreach (IConfigurationSection endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            if (endpoint["Url"] is { } url)
            {
                yield return ($"{endpoint.Path}:Url", url);
            }
        }
    }
}
