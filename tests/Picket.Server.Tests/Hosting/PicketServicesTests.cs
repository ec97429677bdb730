using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Picket.Server.Tests;

public sealed class PicketServicesTests
{
    [Fact]
    public async Task AddPicket_HostThatStarts_LoadsTheCascadeOnceAndDisposesIt()
    {
        var guard = new WordGuard();
        int loaded = 0;
        await using (ServiceProvider services = Services(guard, () => loaded++))
        {
            foreach (IHostedService hosted in services.GetServices<IHostedService>())
            {
                await hosted.StartAsync(TestContext.Current.CancellationToken);
            }

            services.GetRequiredService<GuardCascade>();
            Assert.Equal((1, false), (loaded, guard.Disposed));
        }

        Assert.True(guard.Disposed);
    }

    [Fact]
    public async Task AddPicket_Default_IsTheCascadeThatComesWithPicket()
    {
        await using ServiceProvider services = new ServiceCollection().AddPicket().BuildServiceProvider();

        Verdict verdict = (await services.GetRequiredService<GuardCascade>().CheckAsync(
            [new GuardInput("How do I bake bread?")], TestContext.Current.CancellationToken))[0];

        Assert.False(verdict.Unsafe);
    }

    [Theory]
    [InlineData(false, HealthStatus.Healthy)]
    [InlineData(true, HealthStatus.Unhealthy)]
    public async Task HealthCheck_Cascade_TellsWhetherItGivesVerdicts(bool fails, HealthStatus expected)
    {
        var guard = new WordGuard { Before = (_, _) => fails ? throw new InvalidOperationException("odd") : Task.CompletedTask };
        await using ServiceProvider services = Services(guard, static () => { });

        HealthReport report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, report.Status);
        Assert.DoesNotContain("odd", report.Entries["picket"].Description ?? "", StringComparison.Ordinal);
    }

    private static ServiceProvider Services(WordGuard guard, Action onLoad)
    {
        IServiceCollection services = new ServiceCollection().AddLogging().AddPicket((_, _) =>
        {
            onLoad();
            return Task.FromResult(new GuardCascade(guard));
        });
        services.AddHealthChecks().AddPicket();
        return services.BuildServiceProvider();
    }
}
