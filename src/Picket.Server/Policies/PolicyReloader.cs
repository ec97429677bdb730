using Microsoft.Extensions.Hosting;

namespace Picket.Server;

/// <summary>
/// Looks at the configuration file and puts new policies in force when they are without fault and pass the canary; else the last good ones stay.
/// </summary>
/// <remarks>
/// It compares contents in place of waiting for the file system to tell: that misses the links which Kubernetes swaps, and network drives.
/// </remarks>
internal sealed class PolicyReloader(
    ServerState state, ConfigurationSource source, PolicyBook book, CanaryRun canary, ServerMetrics metrics, ILogger<PolicyReloader> log)
    : BackgroundService
{
    private readonly SemaphoreSlim _turn = new(1);
    private string? _seen = state.Fingerprint;

    /// <summary>What was wrong with the last reload; none when it succeeded or there was none.</summary>
    public IReadOnlyList<string> LastFaults { get; private set; } = [];

    /// <summary>Reads the configuration again, whether it has changed or not.</summary>
    /// <returns>Whether what was read is in force.</returns>
    public async Task<bool> ReloadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _seen = source.Fingerprint();
            LastFaults = await FaultsAsync(cancellationToken);
            metrics.Reloaded(LastFaults.Count == 0);
            foreach (string fault in LastFaults)
            {
                Journal.ReloadRefused(log, book.Current.Version, fault);
            }

            return LastFaults.Count == 0;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reloads when the file has changed since it was last read. A file that is gone changes nothing.</summary>
    public async Task<bool> ReloadIfChangedAsync(CancellationToken cancellationToken) =>
        source.Fingerprint() is { } now && now != _seen && await ReloadAsync(cancellationToken);

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(state.Options.Limits.ReloadInterval, state.Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ReloadIfChangedAsync(stoppingToken);
        }
    }

    private async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_seen is null && state.Fingerprint is not null)
            {
                return [$"{source.FilePath}: expected the configuration file, found none that can be read"];
            }

            ServerConfiguration configuration = ServerConfiguration.Read(source, RouteNames.All);
            if (configuration.Faults.Count > 0)
            {
                return configuration.Faults;
            }

            var policies = PolicySet.Create(configuration.Options, state.Routes, state.Guards, state.Clock);
            IReadOnlyList<string> faults = await canary.FaultsAsync(policies, cancellationToken);
            if (faults.Count == 0)
            {
                Journal.PoliciesInForce(log, policies.Version, book.Current.Version);
                book.Replace(policies);
                if (!configuration.Fixed().SequenceEqual(state.Fixed, StringComparer.Ordinal))
                {
                    Journal.RestartNeeded(log);
                }
            }

            return faults;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return [fault is PicketException ? fault.Message : $"reload failed: {fault.GetType().Name}"];
        }
    }
}
