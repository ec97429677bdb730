using System.Security.Cryptography;
using System.Text;
using Picket.Chat;
using Picket.Models;
using Picket.Models.Bundles;

namespace Picket.Cli;

/// <summary>What <c>--guard</c> can name: a bundle's folder, or the address of a moderation server.</summary>
internal static class GuardSource
{
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
        IsRemote(place) ? new(Remote(place!)) : GuardLoader.LoadAsync(place, normalise, cancellationToken);

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

        string folder = place ?? GuardLoader.DefaultFolder;
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
