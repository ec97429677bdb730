using Picket.Data;
using Picket.Models.Bundles;

namespace Picket.Models.Quantisation;

/// <summary>Texts that an original and a quantised guard are compared on. Labels do not count.</summary>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the whole file.</param>
/// <param name="Inputs">The texts, at least one.</param>
public sealed record CalibrationSet(string File, string Sha256, IReadOnlyList<GuardInput> Inputs)
{
    /// <summary>The default number of rows: 64 texts of 100 tokens take the large model some ten seconds on two cores.</summary>
    public const int DefaultRows = 64;

    /// <summary>Reads the first rows of a file, labelled or not, in any format that <see cref="ExampleReader"/> knows.</summary>
    /// <exception cref="DataFormatException">The file cannot be read, or is of no known format, or a row is bad.</exception>
    /// <exception cref="PicketException">It holds no row.</exception>
    public static async Task<CalibrationSet> ReadAsync(string path, int rows = DefaultRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var inputs = new List<GuardInput>();
        await foreach (Example row in ExampleReader.ReadAsync(path, cancellationToken: cancellationToken))
        {
            inputs.Add(row.ToInput());
            if (inputs.Count == rows)
            {
                break;
            }
        }

        return inputs.Count > 0
            ? new CalibrationSet(Path.GetFileName(path), FileHash.Of(path, cancellationToken).Sha256, inputs)
            : throw new PicketException($"{path}: expected at least one row to calibrate on, found none");
    }
}
