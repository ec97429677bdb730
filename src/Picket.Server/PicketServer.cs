using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Picket.Models.Routing;

namespace Picket.Server;

/// <summary>The server: moderation, and the guarding proxy.</summary>
public static class PicketServer
{
    /// <summary>Serves until <paramref name="cancellationToken"/> is cancelled; then takes no more requests and lets those that run end.</summary>
    /// <exception cref="ConfigurationException">The configuration has faults.</exception>
    /// <exception cref="PicketException">A guard cannot be loaded, or a route does not block the canary.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    public static async Task RunAsync(ServerSetup setup, CancellationToken cancellationToken = default)
    {
        await using WebApplication app = await CreateAsync(setup, cancellationToken);
        await app.StartAsync(cancellationToken);
        foreach (string address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            Journal.Listening(app.Logger, address);
        }

        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>A server that is ready to be started: configuration checked, guards loaded, every route proven to block. Dispose it.</summary>
    /// <exception cref="ConfigurationException">The configuration has faults.</exception>
    /// <exception cref="PicketException">A guard cannot be loaded, or a route does not block the canary.</exception>
    public static async Task<WebApplication> CreateAsync(ServerSetup setup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ConfigurationSource source = SourceOf(setup);
        string? fingerprint = source.Fingerprint();
        ServerConfiguration configuration = ServerConfiguration.Read(source, RouteNames.All);
        if (configuration.Faults.Count > 0)
        {
            throw new ConfigurationException(configuration.Faults);
        }

        CascadeParts guards = await LoadAsync(setup, configuration.Options.Guards, cancellationToken);
        WebApplication? app = null;
        try
        {
            WebApplicationBuilder builder = Host(configuration, setup.Logging);
            builder.Services.AddPicketServer(configuration, source, fingerprint, guards, setup.Clock);
            app = builder.Build();
            ListenByDefault(app);
            await PutInForceAsync(app, configuration, cancellationToken);
            app.Services.GetRequiredService<TelemetryExport>();
            Endpoints.Map(app);
            return app;
        }
        catch
        {
            await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
            await guards.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new API key: the key, for the client, and its hash, for <see cref="KeyOptions.Hash"/>.</summary>
    public static (string Key, string Hash) CreateKey() => KeyRing.Create();

    private static async Task<CascadeParts> LoadAsync(ServerSetup setup, GuardPlaceOptions places, CancellationToken cancellationToken)
    {
        if (setup.LoadGuards is null)
        {
            return await GuardPlaces.LoadAsync(places, cancellationToken);
        }

        (IGuard small, IGuard? large) = await setup.LoadGuards(places, cancellationToken);
        return GuardPlaces.Of(small, large);
    }

    private static ConfigurationSource SourceOf(ServerSetup setup)
    {
        var words = new Dictionary<string, string?>(setup.Settings, StringComparer.OrdinalIgnoreCase);
        if (setup.Urls is not null)
        {
            words["urls"] = setup.Urls;
        }

        return new ConfigurationSource(setup.ConfigurationFile, words);
    }

    // Empty, for the other builders read appsettings.json of the working folder and watch it, whatever file was named.
    private static WebApplicationBuilder Host(ServerConfiguration configuration, Action<ILoggingBuilder>? logging)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(configuration.Root);
        LimitOptions limits = configuration.Options.Limits;
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
            kestrel.Limits.MaxConcurrentConnections = limits.Connections == 0 ? null : limits.Connections;
            kestrel.Configure(configuration.Root.GetSection("Kestrel"));
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = limits.DrainTimeout);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();

        // ASP.NET's own lines name addresses with their queries. Hosting's diagnostics have nothing to say above that, but where they may log at
        // all every request gets an activity and a log scope of theirs: a tenth of a short request's time.
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddConfiguration(configuration.Root.GetSection("Logging"));
        (logging ?? StandardError)(builder.Logging);
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(SteadyLoggers));
        return builder;
    }

    private static SteadyLoggerFactory SteadyLoggers(IServiceProvider all) => new(
        new LoggerFactory(
            all.GetServices<ILoggerProvider>(),
            all.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
            all.GetService<IOptions<LoggerFactoryOptions>>(),
            all.GetService<IExternalScopeProvider>()),
        all.GetRequiredService<ServerMetrics>());

    private static void StandardError(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(static console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void ListenByDefault(WebApplication app)
    {
        if (!ListenAddresses.Any(app.Configuration))
        {
            app.Urls.Add(ListenAddresses.Default);
        }
    }

    private static async Task PutInForceAsync(WebApplication app, ServerConfiguration configuration, CancellationToken cancellationToken)
    {
        ServerState state = app.Services.GetRequiredService<ServerState>();
        var policies = PolicySet.Create(configuration.Options, state.Routes, state.Guards, state.Clock);
        IReadOnlyList<string> faults = await app.Services.GetRequiredService<CanaryRun>().FaultsAsync(policies, cancellationToken);
        if (faults.Count > 0)
        {
            throw new ConfigurationException(faults);
        }

        app.Services.GetRequiredService<PolicyBook>().Replace(policies);
        Journal.Ready(
            app.Logger,
            string.Join(" before ", state.Guards.Tiers.Select(static tier => tier.Guard.Description.Name)),
            policies.Version,
            policies.Routes.Values.Count(static policy => policy is not null));
    }

    // Signals are the caller's; its token says when to stop.
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
