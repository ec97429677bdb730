using System.Security.Cryptography;

namespace Picket.Models.Bundles;

/// <summary>SHA-256 and length of files, in memory of a fixed size.</summary>
internal static class FileHash
{
    /// <summary>Of content in memory.</summary>
    public static BundleFile Of(byte[] content) => new(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);

    /// <summary>Reads a file to its end.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BundleFile Of(string path, CancellationToken cancellationToken = default)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[1 << 20];
        long bytes = 0;
        for (int read; (read = file.Read(block)) > 0; bytes += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
        }

        return new BundleFile(Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }
}
