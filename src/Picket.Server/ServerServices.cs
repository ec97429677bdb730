using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Picket.Models.Routing;

namespace Picket.Server;

/// <summary>The parts of a server and how they hang together.</summary>
internal static class ServerServices
{
    public static void AddPicketServer(
        this IServiceCollection services,
        ServerConfiguration configuration,
        ConfigurationSource source,
        string? fingerprint,
        CascadeParts guards,
        TimeProvider clock)
    {
        ServerOptions options = configuration.Options;
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        services.AddRoutingCore();
        services.AddMetrics();
        services.AddSingleton(clock);
        services.AddSingleton(source);
        services.AddSingleton(options.Limits);
        services.AddSingleton(options.Queue);
        services.AddSingleton(new CanaryToken(token));
        services.AddSingleton(new KeyRing(options.Keys, clock));
        services.AddSingleton(all => new ServerGuards(guards, token, options.Queue, all.GetRequiredService<ServerMetrics>(), clock));
        services.AddSingleton(all => new ServerState(
            options, [.. configuration.Fixed()], fingerprint, RouteNames.Of(options), all.GetRequiredService<ServerGuards>(), clock));
        services.AddSingleton<PolicyBook>();
        services.AddSingleton<LoadGate>();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<PrometheusExporter>();
        services.AddSingleton(_ => new TelemetryExport(options.Telemetry));
        services.AddSingleton<Entrance>();
        services.AddSingleton<Door>();
        services.AddSingleton<CascadeCheck>();
        foreach (CheckProtocol protocol in CheckProtocols.All)
        {
            services.AddSingleton(all => ActivatorUtilities.CreateInstance<CheckRoute>(all, protocol));
        }

        services.AddSingleton(_ => new ProxyUpstream(RouteNames.HasUpstream(options) ? Upstream.Connect(options.Proxy, clock) : null));
        foreach (ProxyProtocol protocol in ProxyProtocols.All)
        {
            services.AddSingleton(all => ActivatorUtilities.CreateInstance<ProxyRoute>(all, protocol));
        }

        services.AddSingleton(static all => new CanaryRun(
            [.. all.GetServices<CheckRoute>(), .. all.GetServices<ProxyRoute>().Where(static route => route.IsServed)],
            all.GetRequiredService<CanaryToken>(), all.GetRequiredService<ILogger<CanaryRun>>()));
        services.AddSingleton<PolicyReloader>();
        services.AddHostedService(static all => all.GetRequiredService<PolicyReloader>());
    }
}
