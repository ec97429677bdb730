using System.Security.Cryptography;
using Picket.Data;

namespace Picket.Training.Augmentation;

/// <summary>The rows that an augmentation begins with.</summary>
/// <param name="Sha256">Of the file's bytes, in lower-case hexadecimal.</param>
/// <param name="Rows">The rows, in their order, without those that are left out.</param>
/// <param name="OtherSplits">Rows left out because they belong to a split other than train.</param>
/// <param name="Contaminated">Rows left out because they repeat an evaluation row.</param>
internal sealed record SeedRows(string Sha256, IReadOnlyList<Example> Rows, int OtherSplits, int Contaminated)
{
    /// <summary>The split of rows to learn from.</summary>
    public const string Train = "train";

    /// <summary>Reads a file of any format that <see cref="ExampleReader"/> reads.</summary>
    /// <exception cref="PicketException">The file cannot be read, or holds a bad row or none to learn from.</exception>
    public static async Task<SeedRows> ReadAsync(string path, string? format, Decontaminator evaluation, CancellationToken cancellationToken)
    {
        var rows = new List<Example>();
        int otherSplits = 0;
        int contaminated = 0;
        await foreach (Example row in ExampleReader.ReadAsync(path, format, cancellationToken))
        {
            if (row.Split is not (null or Train))
            {
                otherSplits++;
            }
            else if (evaluation.Check(row.Prompt) is not null)
            {
                contaminated++;
            }
            else
            {
                rows.Add(row);
            }
        }

        if (rows.Count == 0)
        {
            throw new PicketException(
                $"{path}: expected seed rows, found none ({otherSplits} of other splits than train, {contaminated} that repeat an evaluation row)");
        }

        return new SeedRows(await HashAsync(path, cancellationToken), rows, otherSplits, contaminated);
    }

    /// <summary>The SHA-256 of a file's bytes.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>
    /// Rows whose prompt is an exemplar, each prompt once: harmful ones are labelled unsafe, with a response or without; harmless ones are
    /// labelled safe and have no response, for a safe response says nothing of its prompt.
    /// </summary>
    public IReadOnlyList<Example> ExemplarsOf(bool benign, int longest) =>
    [
        .. Rows
            .Where(row => benign ? row is { Unsafe: false, Response: null } : row.Unsafe == true)
            .Where(row => row.Prompt.Length <= longest && !string.IsNullOrWhiteSpace(row.Prompt))
            .DistinctBy(static row => row.Prompt, StringComparer.Ordinal),
    ];
}
