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
    /// <summary>The folder of the embedded default guard: <c>models/default</c> beside the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "models", "default");

    /// <summary>Loads a guard on the thread pool, wrapped in the normaliser it was trained with; of a blend, each member in its own.</summary>
    /// <param name="folder">A bundle; <see langword="null"/> for the embedded default guard.</param>
    /// <param name="normalise">False leaves the normaliser out whatever the bundle says.</param>
    /// <param name="cancellationToken">Seen before the loading begins, and between the members of a blend.</param>
    /// <exception cref="PicketException">The folder holds no bundle, a damaged one, or one of a kind that this Picket does not know.</exception>
    public static ValueTask<IGuard> LoadAsync(string? folder = null, bool normalise = true, CancellationToken cancellationToken = default) =>
        LoadAsync(folder, normalise, new ComputeOptions(), cancellationToken);

    /// <inheritdoc cref="LoadAsync(string?, bool, CancellationToken)"/>
    /// <param name="folder">A bundle; <see langword="null"/> for the embedded default guard.</param>
    /// <param name="normalise">False leaves the normaliser out whatever the bundle says.</param>
    /// <param name="compute">Threads of a guard that shares its work among several.</param>
    /// <param name="cancellationToken">Seen before the loading begins, and between the members of a blend.</param>
    public static ValueTask<IGuard> LoadAsync(
        string? folder, bool normalise, ComputeOptions compute, CancellationToken cancellationToken = default) =>
        new(Task.Run(() => LoadAsync(Bundle.Open(folder ?? DefaultFolder), normalise, compute, cancellationToken).AsTask(), cancellationToken));

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
