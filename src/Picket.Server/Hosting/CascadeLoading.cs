using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Picket.Server;

/// <summary>Loads the cascade once, with the host or for the first who asks.</summary>
internal sealed class CascadeLoading(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task<GuardCascade>> load) : IHostedService
{
    private readonly Lazy<Task<GuardCascade>> _cascade = new(() => Task.Run(() => load(services, CancellationToken.None)));

    public Task<GuardCascade> Cascade => _cascade.Value;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Cascade.WaitAsync(cancellationToken);

        // What is never asked for is not disposed with the services.
        services.GetRequiredService<GuardCascade>();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
