using System.Security.Cryptography;
using System.Text;

namespace Picket.Server;

/// <summary>The API keys, by their hashes.</summary>
internal sealed class KeyRing
{
    private readonly ApiKey[] _keys;

    public KeyRing(IReadOnlyDictionary<string, KeyOptions> keys, TimeProvider clock) =>
        _keys = [.. keys.Select(pair => new ApiKey(pair.Key, pair.Value, clock))];

    /// <summary>Whether there are none, so that the server answers its own machine alone.</summary>
    public bool IsEmpty => _keys.Length == 0;

    /// <summary>A new random key of 256 bits, and the hash that stands in a configuration.</summary>
    public static (string Key, string Hash) Create()
    {
        string key = $"pk-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";
        return (key, Convert.ToHexStringLower(Hash(key)));
    }

    /// <summary>The key with that text; <see langword="null"/> when there is none.</summary>
    /// <remarks>Every hash is compared to its end, whichever fits, so that the time says nothing of how near a guess came.</remarks>
    public ApiKey? Find(string key)
    {
        byte[] hash = Hash(key);
        ApiKey? found = null;
        foreach (ApiKey known in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, known.Hash))
            {
                found = known;
            }
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
