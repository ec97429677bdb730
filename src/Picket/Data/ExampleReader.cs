using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Picket.Data;

/// <summary>Reads labelled rows from a file of any known format.</summary>
public static class ExampleReader
{
    /// <summary>Streams the rows of <paramref name="path"/>.</summary>
    public static async IAsyncEnumerable<Example> ReadAsync(
        string path, string? format = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _ = format;
        await using Stream file = File.OpenRead(path);
        await using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(plain);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using var json = JsonDocument.Parse(line);
            JsonElement row = json.RootElement;
            yield return new Example
            {
                Id = row.GetProperty("id").GetString()!,
                Prompt = row.GetProperty("prompt").GetString()!,
                Response = Text(row, "response"),
                Unsafe = row.TryGetProperty("unsafe", out JsonElement label) && label.ValueKind == JsonValueKind.Number ? label.GetInt32() == 1 : null,
                Category = Text(row, "category"),
                Source = Text(row, "source"),
                Split = Text(row, "split"),
            };
        }
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
