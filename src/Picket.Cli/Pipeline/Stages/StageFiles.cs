using System.Security.Cryptography;

namespace Picket.Cli;

/// <summary>Files of a stage.</summary>
internal static class StageFiles
{
    /// <summary>SHA-256 of a file, or of a folder as of a guard's.</summary>
    /// <exception cref="PicketException">It cannot be read.</exception>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            return await GuardSource.IdentityAsync(path, normalise: true, cancellationToken);
        }

        await using FileStream file = InputFile.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Whether a file or folder lies in <paramref name="folder"/>.</summary>
    public static bool IsIn(string path, string folder) =>
        Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
