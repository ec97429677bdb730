using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Picket.Ablation;

/// <summary>Files that are there whole or not at all, and what is in them.</summary>
internal static class WholeFile
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Writes under a temporary name, then renames.</summary>
    /// <exception cref="PicketException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            string temporary = path + ".tmp";
            await File.WriteAllTextAsync(temporary, text, cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>Writes a value as JSON with snake_case names.</summary>
    /// <exception cref="PicketException">The file cannot be written.</exception>
    public static Task WriteJsonAsync<T>(string path, T value, CancellationToken cancellationToken) =>
        WriteAsync(path, JsonSerializer.Serialize(value, s_json) + "\n", cancellationToken);

    /// <summary>What <see cref="WriteJsonAsync"/> wrote; the default where there is no file.</summary>
    /// <exception cref="PicketException">The file is damaged.</exception>
    public static async Task<T?> ReadJsonAsync<T>(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return default;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(await File.ReadAllTextAsync(path, cancellationToken), s_json);
        }
        catch (JsonException damaged)
        {
            throw new PicketException(
                $"{path}, line {damaged.LineNumber + 1}: expected JSON that an earlier run wrote, found something else; delete it", damaged);
        }
    }

    /// <summary>The SHA-256 of a file, or of the names and contents of a folder's files, in lower-case hexadecimal.</summary>
    /// <exception cref="PicketException">There is neither.</exception>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        if (!Path.Exists(path))
        {
            throw new PicketException($"{path}: no such file or folder");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] files = Directory.Exists(path) ? Directory.GetFiles(path) : [path];
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            await using FileStream stream = File.OpenRead(file);
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(await SHA256.HashDataAsync(stream, cancellationToken));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
