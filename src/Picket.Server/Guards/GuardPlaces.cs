using Picket.Chat;
using Picket.Models;
using Picket.Models.Routing;

namespace Picket.Server;

/// <summary>Loads the guards that a configuration names.</summary>
internal static class GuardPlaces
{
    private static readonly Lazy<HttpClient> Http = new(static () => RemoteClient.Create(new TracePropagator()));

    /// <summary>Loads the guards, of two both at the same time; what fails names the key.</summary>
    /// <exception cref="PicketException">A guard, router or cascade cannot be loaded.</exception>
    public static async Task<CascadeParts> LoadAsync(GuardPlaceOptions options, CancellationToken cancellationToken)
    {
        if (options.Cascade is { } file)
        {
            return await LoadAsync(nameof(options.Cascade), () => CascadeFile.LoadTiersAsync(
                file, (place, token) => LoadAsync(place, options, token), cancellationToken));
        }

        bool none = options.Large.Equals(GuardPlaceOptions.None, StringComparison.OrdinalIgnoreCase);
        Task<IGuard> small = LoadAsync(nameof(options.Small), () => LoadAsync(options.Small, options, cancellationToken));
        Task<IGuard>? large = none ? null : LoadAsync(nameof(options.Large), () => LoadAsync(options.Large, options, cancellationToken));
        try
        {
            return Of(await small, large is null ? null : await large);
        }
        catch
        {
            foreach (Task<IGuard> loading in new[] { small, large }.OfType<Task<IGuard>>())
            {
                await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await (loading.IsCompletedSuccessfully ? loading.Result.DisposeAsync() : ValueTask.CompletedTask);
            }

            throw;
        }
    }

    /// <summary>One guard or two.</summary>
    public static CascadeParts Of(IGuard small, IGuard? large) =>
        new(large is null ? [new CascadeTier(small)] : [new CascadeTier(small), new CascadeTier(large)]);

    private static async ValueTask<IGuard> LoadAsync(string place, GuardPlaceOptions options, CancellationToken cancellationToken) =>
        RemoteGuards.IsAddress(place)
            ? RemoteGuards.Create(place, new RemoteOptions { ApiKey = RemoteKey.Read(options.KeyVariable) }, Http.Value)
            : await GuardLoader.LoadAsync(EmbeddedGuards.Resolve(place), options.Normalise, cancellationToken);

    private static async Task<T> LoadAsync<T>(string key, Func<ValueTask<T>> load)
    {
        try
        {
            return await load();
        }
        catch (PicketException fault)
        {
            throw new PicketException($"{ServerConfiguration.Section}:{nameof(ServerOptions.Guards)}:{key}: {fault.Message}", fault);
        }
    }
}
