namespace Picket.Server;

/// <summary>One reading of the configuration, with everything that is wrong in it.</summary>
/// <param name="Options">The section <c>Picket</c>; defaults stand where a value is at fault.</param>
/// <param name="Root">All of it, for Kestrel and the logs.</param>
/// <param name="Faults">One line a fault; none when all is well.</param>
internal sealed record ServerConfiguration(ServerOptions Options, IConfigurationRoot Root, IReadOnlyList<string> Faults)
{
    public const string Section = "Picket";

    /// <summary>Reads and checks.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="routes">The routes that there are.</param>
    /// <exception cref="PicketException">There is nothing to be read.</exception>
    public static ServerConfiguration Read(ConfigurationSource source, IReadOnlyCollection<string> routes)
    {
        IConfigurationRoot root = source.Read();
        var faults = new List<string>();
        ServerOptions options = new OptionsBinder(faults).Bind<ServerOptions>(root.GetSection(Section));
        faults.AddRange(RouteFaults(options, routes));
        faults.AddRange(KeyFaults(options.Keys));
        faults.AddRange(ProxyFaults.Of(options, [.. faults]));
        faults.AddRange(options.Telemetry.Faults().Select(static fault => $"{Section}:{nameof(ServerOptions.Telemetry)}:{fault}"));
        if (options.Keys.Count == 0)
        {
            faults.AddRange(ListenAddresses.FaultsWithoutKeys(root));
        }

        return new ServerConfiguration(options, root, faults);
    }

    /// <summary>What needs a restart, as lines that can be compared.</summary>
    public IEnumerable<string> Fixed() => Root.GetSection(Section).AsEnumerable(makePathsRelative: true)
        .Where(static pair => !pair.Key.StartsWith(nameof(ServerOptions.Policies), StringComparison.OrdinalIgnoreCase)
            && !pair.Key.StartsWith(nameof(ServerOptions.Routes), StringComparison.OrdinalIgnoreCase))
        .Select(static pair => $"{pair.Key.ToUpperInvariant()}={pair.Value}")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> RouteFaults(ServerOptions options, IReadOnlyCollection<string> routes)
    {
        foreach (string name in options.Policies.Keys.Where(static name => name.Equals(ServerOptions.Off, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"{Section}:Policies:{name}: expected another name, \"off\" switches a route off";
        }

        foreach ((string route, string policy) in options.Routes)
        {
            if (!routes.Contains(route, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"{Section}:Routes:{route}: unknown route, expected one of {string.Join(", ", routes)}";
            }

            if (!Known(policy, options))
            {
                string policies = string.Join(
                    ", ", options.Policies.Keys.Append(ServerOptions.DefaultPolicy).Distinct(StringComparer.OrdinalIgnoreCase));
                yield return $"{Section}:Routes:{route}: expected off or a policy ({policies}), found {policy}";
            }
        }
    }

    private static bool Known(string policy, ServerOptions options) =>
        options.Policies.ContainsKey(policy)
        || policy.Equals(ServerOptions.DefaultPolicy, StringComparison.OrdinalIgnoreCase)
        || policy.Equals(ServerOptions.Off, StringComparison.OrdinalIgnoreCase);

    // What stands in the place of a hash may be the key itself and is not quoted.
    private static IEnumerable<string> KeyFaults(IReadOnlyDictionary<string, KeyOptions> keys)
    {
        foreach ((string name, KeyOptions key) in keys)
        {
            if (key.Hash.Length != 64 || !key.Hash.All(char.IsAsciiHexDigit))
            {
                yield return $"{Section}:Keys:{name}:Hash: expected SHA-256 as 64 hexadecimal digits, found {key.Hash.Length} characters";
            }

            if (key.Scopes.Count == 0)
            {
                yield return $"{Section}:Keys:{name}:Scopes: expected at least one of {string.Join(", ", Enum.GetNames<KeyScope>())}, found none";
            }
        }

        foreach (IGrouping<string, string> same in keys.GroupBy(static key => key.Value.Hash.ToUpperInvariant(), static key => key.Key))
        {
            if (same.Key.Length == 64 && same.Count() > 1)
            {
                yield return $"{Section}:Keys: expected a hash of its own for each key, found one for {string.Join(" and ", same)}";
            }
        }
    }
}
