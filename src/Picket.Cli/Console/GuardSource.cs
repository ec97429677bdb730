using System.Security.Cryptography;
using System.Text;
using Picket.Chat;
using Picket.Models;
using Picket.Models.Bundles;
using Picket.Models.Routing;

namespace Picket.Cli;

/// <summary>
/// What <c>--guard</c> can name: a guard that comes with Picket, a bundle's folder, or an address as <see cref="RemoteGuards"/> reads it: a
/// moderation server's, or with a fragment such as <c>#llama-guard-3?model=NAME</c> that of a language model which is a guard.
/// </summary>
internal static class GuardSource
{
    /// <summary>The environment variable with a server's key: an argument would stand in the list of processes.</summary>
    public const string KeyVariable = "PICKET_API_KEY";

    /// <summary>What can be named, in words, for help texts.</summary>
    public static string Places { get; } =
        $"{string.Join(" or ", EmbeddedGuards.Names)}, which comes with Picket; a bundle's folder; the address of a moderation server "
        + "(POST /v1/moderations); or URL#TEMPLATE?model=NAME, a language model that is a guard, with TEMPLATE one of "
        + $"{string.Join(", ", GuardTemplates.All.Select(static template => template.Name))}. A server's key, if it wants one, is taken from the "
        + $"environment variable {KeyVariable}";

    /// <summary>A <see cref="GuardFactory"/>. A remote guard gets the text as it stands; its server normalises what it must.</summary>
    public static ValueTask<IGuard> LoadAsync(string? place, bool normalise, CancellationToken cancellationToken) =>
        RemoteGuards.IsAddress(place) ? new(Remote(place)) : GuardLoader.LoadAsync(Folder(place), normalise, cancellationToken);

    /// <summary>
    /// A <see cref="CascadeFactory"/>. A guard that fails ends the command, for nobody waits for a verdict that stands in for its own, unless a
    /// cascade's file says otherwise.
    /// </summary>
    public static async ValueTask<GuardCascade> LoadCascadeAsync(
        string? place, bool normalise, double? threshold, CancellationToken cancellationToken)
    {
        var options = new GuardCascadeOptions
        {
            Threshold = threshold,
            LargeGuardFailure = LargeGuardFailure.Throw,
            LargeGuardTimeout = null,
        };
        if (CascadeFile.Is(place))
        {
            var unstated = new GuardCascadeOptions { Threshold = threshold, LargeGuardTimeout = null };
            return await CascadeFile.LoadAsync(place!, (guard, token) => LoadAsync(guard, normalise, token), unstated, cancellationToken);
        }

        return place is null
            ? await GuardLoader.LoadCascadeAsync(options, normalise, largeOnDemand: true, cancellationToken)
            : new GuardCascade(await LoadAsync(place, normalise, cancellationToken), options: options);
    }

    /// <summary>The bundle's folder: of <c>ngram</c> where nothing is named.</summary>
    public static string Folder(string? place) => EmbeddedGuards.Resolve(place ?? EmbeddedGuards.NGram);

    /// <summary>Says of a place what can be said without loading or asking the guard.</summary>
    /// <exception cref="PicketException">There is no such folder, or the address is none.</exception>
    public static void Check(string place)
    {
        if (RemoteGuards.IsAddress(place))
        {
            _ = Remote(place);
        }
        else if (!Directory.Exists(Folder(place)))
        {
            throw new PicketException($"expected a guard ({string.Join(" or ", EmbeddedGuards.Names)}, a folder, an address), found none: {place}");
        }
    }

    /// <summary>
    /// Tells a guard from all others: a server's address; or a hash of the bundle's manifest, which has the hashes of its files; or, where a
    /// folder has none, of all its files.
    /// </summary>
    public static async Task<string> IdentityAsync(string? place, bool normalise, CancellationToken cancellationToken)
    {
        if (RemoteGuards.IsAddress(place))
        {
            return $"server {place}";
        }

        string folder = Folder(place);
        string manifest = Path.Combine(folder, GuardManifest.FileName);
        string[] files = File.Exists(manifest) ? [manifest] : Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            await using FileStream content = InputFile.OpenRead(file);
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(await SHA256.HashDataAsync(content, cancellationToken));
        }

        return $"bundle {Convert.ToHexStringLower(hash.GetHashAndReset())}{(normalise ? "" : ", text as it stands")}";
    }

    private static IGuard Remote(string address) => RemoteGuards.Create(address, new RemoteOptions { ApiKey = RemoteKey.Read(KeyVariable) });
}
