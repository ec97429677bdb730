using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Picket.Data;
using Picket.Training.NGram;

namespace Picket.Cli;

/// <summary>The texts of files, for a training without labels: prompts and responses of any data file, lines of plain ones.</summary>
internal sealed class PretrainTexts(IReadOnlyList<string> paths)
{
    private readonly int[] _counts = new int[paths.Count];
    private readonly Lazy<string[]> _hashes = new(() => [.. paths.Select(Hash)]);

    /// <summary>The files, with the texts that were taken of each as rows.</summary>
    public IReadOnlyList<DataSource> Sources() =>
        [.. paths.Select((path, i) => new DataSource(Path.GetFileName(path), _hashes.Value[i], _counts[i], 0))];

    /// <summary>Streams the texts, file by file; blank ones are left out.</summary>
    /// <exception cref="PicketException">A file cannot be read. Thrown while enumerating.</exception>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < paths.Count; i++)
        {
            _counts[i] = 0;
            await foreach (Example row in ExampleReader.ReadAsync(paths[i], FormatOf(paths[i]), cancellationToken))
            {
                foreach (string text in new[] { row.Prompt, row.Response ?? "" }.Where(static text => !string.IsNullOrWhiteSpace(text)))
                {
                    _counts[i]++;
                    yield return text;
                }
            }
        }
    }

    private static string Hash(string path)
    {
        using FileStream file = InputFile.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string? FormatOf(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) ? "text-lines" : null;
    }
}
