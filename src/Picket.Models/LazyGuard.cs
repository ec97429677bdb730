using Picket.Models.Bundles;

namespace Picket.Models;

/// <summary>A guard that is loaded when it is first asked.</summary>
/// <remarks>Until then its description holds what the manifest says, which leaves the window out.</remarks>
internal sealed class LazyGuard(GuardManifest manifest, Func<Task<IGuard>> load) : IGuard
{
    private readonly Lazy<Task<IGuard>> _guard = new(load);
    private readonly GuardDescription _described = new(manifest.Name, manifest.Kind, manifest.FeatureWidth, MaxTokens: 0, manifest.Threshold);

    public GuardDescription Description =>
        _guard is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? _guard.Value.Result.Description : _described;

    /// <summary>Loads the guard now.</summary>
    public Task LoadAsync() => _guard.Value;

    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
        await (await _guard.Value.WaitAsync(cancellationToken)).ScoreAsync(inputs, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_guard.IsValueCreated)
        {
            await ((Task)_guard.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_guard.Value.IsCompletedSuccessfully)
            {
                await _guard.Value.Result.DisposeAsync();
            }
        }
    }
}
