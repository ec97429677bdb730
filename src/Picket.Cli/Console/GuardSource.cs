using System.Security.Cryptography;
using System.Text;
using Picket.Chat;
using Picket.Models;
using Picket.Models.Bundles;

namespace Picket.Cli;

/// <summary>What <c>--guard</c> can name.</summary>
internal static class GuardSource
{
    /// <summary>The same in words, for help texts.</summary>
    public const string Places =
        $"{EmbeddedGuards.NGram} or {EmbeddedGuards.Transformer}, which come with Picket; a bundle's folder; or the address of a server with POST /v1/moderations";

    /// <summary>The environment variable with a server's key: an argument would stand in the list of processes.</summary>
    public const string KeyVariable = "PICKET_API_KEY";

    private const int MaxAnswerBytes = 4 << 20;

    // A moved service is told rather than followed: the key goes to no host that nobody named.
    private static readonly Lazy<HttpClient> Http = new(static () => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    });

    public static bool IsRemote(string? place) =>
        place is not null
        && (place.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    /// <summary>A <see cref="GuardFactory"/>. A remote guard gets the text as it stands; its server normalises what it must.</summary>
    public static ValueTask<IGuard> LoadAsync(string? place, bool normalise, CancellationToken cancellationToken) =>
        IsRemote(place) ? new(Remote(place!)) : GuardLoader.LoadAsync(Folder(place), normalise, cancellationToken);

    /// <summary>A <see cref="CascadeFactory"/>. A guard that fails ends the command: nobody waits for a verdict that stands in for its own.</summary>
    public static async ValueTask<GuardCascade> LoadCascadeAsync(
        string? place, bool normalise, double? threshold, CancellationToken cancellationToken)
    {
        var options = new GuardCascadeOptions
        {
            Threshold = threshold,
            LargeGuardFailure = LargeGuardFailure.Throw,
            LargeGuardTimeout = null,
        };
        return place is null
            ? await GuardLoader.LoadCascadeAsync(options, normalise, largeOnDemand: true, cancellationToken)
            : new GuardCascade(await LoadAsync(place, normalise, cancellationToken), options: options);
    }

    /// <summary>The bundle's folder: of <c>ngram</c> where nothing is named. A folder of the user's goes before an embedded guard of its name.</summary>
    public static string Folder(string? place) => place switch
    {
        null => EmbeddedGuards.Folder(EmbeddedGuards.NGram),
        _ when EmbeddedGuards.Names.Contains(place) && !Directory.Exists(place) => EmbeddedGuards.Folder(place),
        _ => place,
    };

    /// <summary>
    /// Tells a guard from all others: a server's address; or a hash of the bundle's manifest, which has the hashes of its files; or, where a
    /// folder has none, of all its files.
    /// </summary>
    public static async Task<string> IdentityAsync(string? place, bool normalise, CancellationToken cancellationToken)
    {
        if (IsRemote(place))
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

    private static ModerationGuard Remote(string place)
    {
        if (!Uri.TryCreate(place, UriKind.Absolute, out Uri? address))
        {
            throw new PicketException("--guard: expected a folder or the address of a server, found an address that is none");
        }

        string? key = Environment.GetEnvironmentVariable(KeyVariable)?.Trim();
        if (key is { Length: > 0 } && new ModerationGuardOptions { ApiKey = key }.Faults().FirstOrDefault() is { } fault)
        {
            throw new PicketException($"{KeyVariable}: {fault}");
        }

        return new ModerationGuard(address, Http.Value, new ModerationGuardOptions { ApiKey = string.IsNullOrEmpty(key) ? null : key });
    }
}
