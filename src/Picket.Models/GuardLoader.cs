using Picket.Compute;
using Picket.Models.Blend;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.NGram;
using Picket.Text;

namespace Picket.Models;

/// <summary>Makes guards of bundle folders.</summary>
public static class GuardLoader
{
    /// <summary>Loads a guard on the thread pool, wrapped in the normaliser it was trained with; of a blend, each member in its own.</summary>
    /// <param name="folder">A bundle; <see langword="null"/> for <see cref="EmbeddedGuards.NGram"/>.</param>
    /// <param name="normalise">False leaves the normaliser out whatever the bundle says.</param>
    /// <param name="cancellationToken">Seen before the loading begins, and between the members of a blend.</param>
    /// <exception cref="PicketException">The folder holds no bundle, a damaged one, or one of a kind that this Picket does not know.</exception>
    public static ValueTask<IGuard> LoadAsync(string? folder = null, bool normalise = true, CancellationToken cancellationToken = default) =>
        LoadAsync(folder, normalise, new ComputeOptions(), cancellationToken);

    /// <inheritdoc cref="LoadAsync(string?, bool, CancellationToken)"/>
    /// <param name="folder">A bundle; <see langword="null"/> for <see cref="EmbeddedGuards.NGram"/>.</param>
    /// <param name="normalise">False leaves the normaliser out whatever the bundle says.</param>
    /// <param name="compute">Threads of a guard that shares its work among several.</param>
    /// <param name="cancellationToken">Seen before the loading begins, and between the members of a blend.</param>
    public static ValueTask<IGuard> LoadAsync(
        string? folder, bool normalise, ComputeOptions compute, CancellationToken cancellationToken = default) =>
        new(Task.Run(
            () => LoadAsync(Bundle.Open(folder ?? EmbeddedGuards.Folder(EmbeddedGuards.NGram)), normalise, compute, cancellationToken).AsTask(),
            cancellationToken));

    /// <summary>
    /// Loads the cascade that comes with Picket: <see cref="EmbeddedGuards.NGram"/> is the small guard,
    /// <see cref="EmbeddedGuards.Transformer"/> the large one, and an <see cref="EntropyRouter"/> stands between them.
    /// </summary>
    /// <param name="options">
    /// <see langword="null"/> for the defaults without a deadline: the large guard computes in this process, and a loaded machine is no reason
    /// to hold a text unsafe.
    /// </param>
    /// <param name="normalise">As for <see cref="LoadAsync(string?, bool, CancellationToken)"/>.</param>
    /// <param name="largeOnDemand">
    /// Loads the large guard when an input first needs it, which suits a program that checks little and ends: its start costs half as much.
    /// A damaged bundle is then told at that time.
    /// </param>
    /// <param name="cancellationToken">Seen before the loading begins.</param>
    /// <exception cref="PicketException">A bundle is absent or damaged, or the options have faults.</exception>
    public static async ValueTask<GuardCascade> LoadCascadeAsync(
        GuardCascadeOptions? options = null, bool normalise = true, bool largeOnDemand = false, CancellationToken cancellationToken = default)
    {
        string folder = EmbeddedGuards.Folder(EmbeddedGuards.Transformer);
        var large = new LazyGuard(
            Bundle.Open(folder).Manifest, () => LoadAsync(folder, normalise, CancellationToken.None).AsTask());
        IGuard? small = null;
        try
        {
            Task loading = largeOnDemand ? Task.CompletedTask : large.LoadAsync();
            small = await LoadAsync(folder: null, normalise, cancellationToken);
            await loading;
            return new GuardCascade(small, large, new EntropyRouter(), options ?? new GuardCascadeOptions { LargeGuardTimeout = null });
        }
        catch
        {
            await large.DisposeAsync();
            await (small?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    private static async ValueTask<IGuard> LoadAsync(
        Bundle bundle, bool normalise, ComputeOptions compute, CancellationToken cancellationToken)
    {
        IGuard guard = bundle.Manifest.Kind switch
        {
            NGramGuard.Kind => NGramGuard.Load(bundle),
            DebertaV2Guard.Kind => DebertaV2Guard.Load(bundle, new DebertaV2GuardOptions { Compute = compute }),
            BlendGuard.Kind => await BlendGuard.LoadAsync(
                bundle, member => LoadAsync(member, normalise, compute, cancellationToken), cancellationToken),
            string other => throw new PicketException(
                $"{Path.Combine(bundle.Folder, GuardManifest.FileName)}, field \"kind\": expected {NGramGuard.Kind}, {DebertaV2Guard.Kind} "
                + $"or {BlendGuard.Kind}, found {other}"),
        };
        return normalise && bundle.Manifest.Normalise ? NormalisingGuard.Wrap(guard) : guard;
    }
}
