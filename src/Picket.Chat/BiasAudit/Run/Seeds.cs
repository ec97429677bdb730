using System.Security.Cryptography;
using System.Text;

namespace Picket.Chat;

/// <summary>Numbers and names that follow from texts.</summary>
internal static class Seeds
{
    /// <summary>The SHA-256 of texts and their lengths, in lower-case hexadecimal.</summary>
    public static string Hash(IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The seed of a trial: 31 bits, for servers take 32, some of them with a sign: FNV-1a over the parts, mixed.</summary>
    public static long Of(long seed, string behaviour, int repeat)
    {
        unchecked
        {
            ulong hash = 14695981039346656037;
            foreach (char c in $"{seed}/{behaviour}/{repeat}")
            {
                hash = (hash ^ c) * 1099511628211;
            }

            hash = (hash ^ (hash >> 31)) * 0xBF58476D1CE4E5B9;
            return (long)(hash >> 33);
        }
    }
}
