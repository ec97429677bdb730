using System.Security.Cryptography;
using System.Text;
using Picket.Data;
using Picket.Training.Augmentation;

namespace Picket.Ablation;

/// <summary>Chooses some of many rows by a hash of their ids: always the same ones, whatever else is in the file or in which order.</summary>
internal static class RowShare
{
    /// <summary>The rows whose ids' SHA-256 are the lowest, in the order they came in.</summary>
    public static IReadOnlyList<Example> Of(IReadOnlyList<Example> rows, int count) => Of(rows, count, static _ => true);

    /// <summary>Rows to learn from that repeat no evaluation row.</summary>
    /// <exception cref="PicketException">A file cannot be read, or a row is bad.</exception>
    public static async Task<IReadOnlyList<Example>> CleanAsync(
        string path, int count, IReadOnlyList<string> evaluationFiles, CancellationToken cancellationToken)
    {
        var evaluation = new Decontaminator();
        foreach (string file in evaluationFiles)
        {
            await evaluation.AddFileAsync(file, cancellationToken: cancellationToken);
        }

        var rows = new List<Example>();
        await foreach (Example row in ExampleReader.ReadAsync(path, cancellationToken: cancellationToken))
        {
            if (row is { Unsafe: not null, Split: null or "train" })
            {
                rows.Add(row);
            }
        }

        return Of(rows, count, row => evaluation.Check(row.Prompt) is null);
    }

    /// <summary>Writes rows, whole or not at all.</summary>
    /// <exception cref="PicketException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, IReadOnlyList<Example> rows, CancellationToken cancellationToken)
    {
        await using var writer = ExampleWriter.Create(path);
        foreach (Example row in rows)
        {
            await writer.WriteAsync(row, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Reads all rows of a file.</summary>
    /// <exception cref="PicketException">The file cannot be read, or a row is bad.</exception>
    public static async Task<IReadOnlyList<Example>> ReadAsync(string path, CancellationToken cancellationToken) =>
        await ExampleReader.ReadAsync(path, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

    // Whether a row belongs is asked until enough do: of 56,000 rows few are compared with the evaluation's.
    private static IReadOnlyList<Example> Of(IReadOnlyList<Example> rows, int count, Predicate<Example> belongs)
    {
        HashSet<int> chosen =
        [
            .. Enumerable.Range(0, rows.Count)
                .OrderBy(row => HashOf(rows[row].Id))
                .ThenBy(static row => row)
                .Where(row => belongs(rows[row]))
                .Take(count),
        ];
        return [.. rows.Where((_, row) => chosen.Contains(row))];
    }

    private static ulong HashOf(string id) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
