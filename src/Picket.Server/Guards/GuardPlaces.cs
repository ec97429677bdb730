using Picket.Chat;
using Picket.Models;

namespace Picket.Server;

/// <summary>Loads the guards that a configuration names.</summary>
internal static class GuardPlaces
{
    private static readonly Lazy<HttpClient> Http = new(static () => RemoteClient.Create(new TracePropagator()));

    /// <summary>Loads both guards, at the same time; what fails names the key.</summary>
    /// <exception cref="PicketException">A guard cannot be loaded.</exception>
    public static async Task<(IGuard Small, IGuard? Large)> LoadAsync(GuardPlaceOptions options, CancellationToken cancellationToken)
    {
        bool none = options.Large.Equals(GuardPlaceOptions.None, StringComparison.OrdinalIgnoreCase);
        Task<IGuard> small = LoadAsync(nameof(options.Small), options.Small, options, cancellationToken);
        Task<IGuard>? large = none ? null : LoadAsync(nameof(options.Large), options.Large, options, cancellationToken);
        try
        {
            return (await small, large is null ? null : await large);
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

    private static async Task<IGuard> LoadAsync(string key, string place, GuardPlaceOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return RemoteGuards.IsAddress(place)
                ? RemoteGuards.Create(place, new RemoteOptions { ApiKey = RemoteKey.Read(options.KeyVariable) }, Http.Value)
                : await GuardLoader.LoadAsync(EmbeddedGuards.Resolve(place), options.Normalise, cancellationToken);
        }
        catch (PicketException fault)
        {
            throw new PicketException($"{ServerConfiguration.Section}:{nameof(ServerOptions.Guards)}:{key}: {fault.Message}", fault);
        }
    }
}
