using System.Security.Cryptography;
using Picket.Data;

namespace Picket.Training.Labelling;

/// <summary>A file of rows that were all read once.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal.</param>
/// <param name="Format">The name of its format; <see langword="null"/> recognises it by content.</param>
/// <param name="Rows">Rows in it.</param>
internal sealed record LabelInput(string Path, string Sha256, string? Format, int Rows)
{
    private const int RowsAReport = 4096;

    /// <summary>Reads every row, so that a bad one is told before the teacher has cost anything.</summary>
    /// <exception cref="PicketException">The file cannot be read, or holds a bad row or none.</exception>
    public static async Task<LabelInput> CheckAsync(
        string path, string? format, IProgress<LabelProgress>? progress, CancellationToken cancellationToken)
    {
        int rows = 0;
        await foreach (Example _ in ExampleReader.ReadAsync(path, format, cancellationToken))
        {
            if (++rows % RowsAReport == 0)
            {
                progress?.Report(new LabelProgress(LabelStage.Checking, rows, 0, 0));
            }
        }

        if (rows == 0)
        {
            throw new PicketException($"{path}: expected rows to label, found none");
        }

        await using FileStream file = File.OpenRead(path);
        return new LabelInput(path, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)), format, rows);
    }

    /// <summary>The rows again.</summary>
    public IAsyncEnumerable<Example> ReadAsync(CancellationToken cancellationToken) =>
        ExampleReader.ReadAsync(Path, Format, cancellationToken);

    /// <summary>The fault of a file that is written to while it is labelled.</summary>
    public PicketException Changed() => new($"{Path}: expected {Rows} rows, found another number: the file was changed while it was labelled");
}
