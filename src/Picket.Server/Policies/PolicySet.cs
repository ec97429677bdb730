using System.Security.Cryptography;
using System.Text;

namespace Picket.Server;

/// <summary>All policies and the routes they serve, made at once and never changed: a request keeps the set it began with.</summary>
internal sealed class PolicySet
{
    private readonly Dictionary<string, Policy?> _routes;

    private PolicySet(string version, Dictionary<string, Policy?> routes)
    {
        Version = version;
        _routes = routes;
    }

    /// <summary>The beginning of a hash of what the policies say: servers with equal policies have equal versions.</summary>
    public string Version { get; }

    /// <summary>Every route with its policy; <see langword="null"/> where it is off.</summary>
    public IReadOnlyDictionary<string, Policy?> Routes => _routes;

    /// <summary>The policy of a route; <see langword="null"/> when it is off.</summary>
    public Policy? For(string route) => _routes[route];

    public static PolicySet Create(ServerOptions options, IReadOnlyCollection<string> routes, ServerGuards guards, TimeProvider clock)
    {
        string version = VersionOf(options);
        var named = new Dictionary<string, PolicyOptions>(options.Policies, StringComparer.OrdinalIgnoreCase);
        named.TryAdd(ServerOptions.DefaultPolicy, new PolicyOptions());
        var policies = named.ToDictionary(
            static pair => pair.Key,
            pair => new Policy(pair.Key, version, pair.Value, Cascade(pair.Value, guards, clock)),
            StringComparer.OrdinalIgnoreCase);
        var names = new Dictionary<string, string>(options.Routes, StringComparer.OrdinalIgnoreCase);
        return new PolicySet(version, routes.ToDictionary(
            static route => route,
            route => policies.GetValueOrDefault(names.GetValueOrDefault(route, ServerOptions.DefaultPolicy)),
            StringComparer.OrdinalIgnoreCase));
    }

    private static GuardCascade Cascade(PolicyOptions policy, ServerGuards guards, TimeProvider clock) =>
        new(guards.Tiers, new GuardCascadeOptions
        {
            Threshold = policy.Threshold ?? guards.Threshold,
            CategoryThresholds = policy.CategoryThresholds,
            LargeGuardFailure = policy.LargeGuardFailure,
            LargeGuardTimeout = policy.LargeGuardTimeout,
            TimeProvider = clock,
        });

    private static string Proxy(ProxyPolicyOptions proxy) => string.Join(
        '\u001F',
        string.Join(',', proxy.InputScopes),
        proxy.ChecksAnswers,
        proxy.Blocked,
        proxy.RefusalText,
        proxy.WindowLength,
        proxy.Overlap,
        proxy.Step,
        proxy.ShortestStep,
        proxy.BiasDefense,
        proxy.BiasDefenseSystemPrompt,
        proxy.BiasDefenseSuffix);

    private static string VersionOf(ServerOptions options)
    {
        var text = new StringBuilder();
        foreach ((string name, PolicyOptions policy) in options.Policies.OrderBy(static pair => pair.Key, StringComparer.OrdinalIgnoreCase))
        {
            text.Append($"policy {name.ToUpperInvariant()} {policy.Threshold} {policy.Shadow} ")
                .Append($"{policy.LargeGuardFailure} {policy.LargeGuardTimeout} {Proxy(policy.Proxy)}\n");
            foreach ((string category, double least) in policy.CategoryThresholds
                .OrderBy(static pair => pair.Key, StringComparer.OrdinalIgnoreCase))
            {
                text.Append($"category {category.ToUpperInvariant()} {least}\n");
            }
        }

        foreach ((string route, string policy) in options.Routes.OrderBy(static pair => pair.Key, StringComparer.OrdinalIgnoreCase))
        {
            text.Append($"route {route.ToUpperInvariant()} {policy.ToUpperInvariant()}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}
