using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Picket.Models;

namespace Picket.Server;

/// <summary>Puts a guard among the services of a program of one's own.</summary>
public static class PicketServices
{
    /// <summary>Adds the cascade that comes with Picket as the one <see cref="GuardCascade"/>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">As for <see cref="GuardLoader.LoadCascadeAsync"/>.</param>
    public static IServiceCollection AddPicket(this IServiceCollection services, GuardCascadeOptions? options = null) =>
        services.AddPicket((_, cancellationToken) => GuardLoader.LoadCascadeAsync(options, cancellationToken: cancellationToken).AsTask());

    /// <summary>Adds a cascade as the one <see cref="GuardCascade"/>.</summary>
    /// <remarks>
    /// A host loads it when it starts, and does not start when that fails. Whoever asks for it without a host waits until it is loaded. It is
    /// disposed with the services, which must be disposed asynchronously, as hosts do.
    /// </remarks>
    /// <param name="services">Where to; a cascade that is there already stays.</param>
    /// <param name="load">Loads it; called once.</param>
    public static IServiceCollection AddPicket(
        this IServiceCollection services, Func<IServiceProvider, CancellationToken, Task<GuardCascade>> load)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(load);
        services.TryAddSingleton(all => new CascadeLoading(all, load));
        services.TryAddSingleton(static all => all.GetRequiredService<CascadeLoading>().Cascade.GetAwaiter().GetResult());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CascadeLoading>(
            static all => all.GetRequiredService<CascadeLoading>()));
        return services;
    }

    /// <summary>Adds a check that asks the <see cref="GuardCascade"/> among the services about a harmless text.</summary>
    /// <param name="checks">Where to.</param>
    /// <param name="name">Its name. Default: <c>picket</c>.</param>
    public static IHealthChecksBuilder AddPicket(this IHealthChecksBuilder checks, string name = "picket")
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.AddCheck<CascadeHealthCheck>(name);
    }
}
