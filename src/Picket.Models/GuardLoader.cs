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

    /// <summary>Loads a guard on the thread pool, wrapped in the normaliser it was trained with.</summary>
    /// <param name="folder">A bundle; <see langword="null"/> for the embedded default guard.</param>
    /// <param name="normalise">False leaves the normaliser out whatever the bundle says.</param>
    /// <param name="cancellationToken">Seen before the loading begins.</param>
    /// <exception cref="PicketException">The folder holds no bundle, a damaged one, or one of a kind that this Picket does not know.</exception>
    public static ValueTask<IGuard> LoadAsync(string? folder = null, bool normalise = true, CancellationToken cancellationToken = default) =>
        new(Task.Run(() => Load(Bundle.Open(folder ?? DefaultFolder), normalise), cancellationToken));

    private static IGuard Load(Bundle bundle, bool normalise)
    {
        IGuard guard = bundle.Manifest.Kind switch
        {
            NGramGuard.Kind => NGramGuard.Load(bundle),
            DebertaV2Guard.Kind => DebertaV2Guard.Load(bundle),
            string other => throw new PicketException(
                $"{Path.Combine(bundle.Folder, GuardManifest.FileName)}, field \"kind\": expected {NGramGuard.Kind} or {DebertaV2Guard.Kind}, found {other}"),
        };
        return normalise && bundle.Manifest.Normalise ? NormalisingGuard.Wrap(guard) : guard;
    }
}
