using Picket.Data;
using Picket.Training.NGram;

namespace Picket.Cli;

/// <summary>A file of rows, and those of its rows that can be used.</summary>
internal sealed record TrainingFile(DataSource Source, IReadOnlyList<Example> Rows);

/// <summary>Which rows a training can use.</summary>
internal enum RowKind
{
    /// <summary>Those with a label.</summary>
    Labelled,

    /// <summary>Those with a label, a teacher's probability, or both.</summary>
    LabelledOrTaught,
}

/// <summary>Reads the files that a training is given, and tells what is in them.</summary>
internal static class TrainingFiles
{
    /// <summary>Reads every file whole.</summary>
    /// <exception cref="PicketException">A file cannot be read; of those for a distillation also: none of its rows can be used.</exception>
    public static async Task<IReadOnlyList<TrainingFile>> ReadAsync(
        IEnumerable<string> paths, RowKind kind, StandardStreams streams, CancellationToken cancellationToken)
    {
        var files = new List<TrainingFile>();
        foreach (string path in paths)
        {
            files.Add(await ReadAsync(path, kind, streams, cancellationToken));
        }

        return files;
    }

    private static async Task<TrainingFile> ReadAsync(string path, RowKind kind, StandardStreams streams, CancellationToken cancellationToken)
    {
        var rows = new List<Example>();
        int left = 0;
        await foreach (Example row in ExampleReader.ReadAsync(path, cancellationToken: cancellationToken))
        {
            if (row.Unsafe is not null || (kind == RowKind.LabelledOrTaught && row.UnsafeProbability is not null))
            {
                rows.Add(row);
            }
            else
            {
                left++;
            }
        }

        string missing = kind == RowKind.Labelled ? "a label" : "a label or a teacher's probability";
        if (rows.Count == 0 && kind == RowKind.LabelledOrTaught)
        {
            throw new PicketException($"{path}: expected rows with {missing} (unsafe, unsafe_probability), found none among {left}");
        }

        int taught = rows.Count(static row => row.UnsafeProbability is not null);
        string teacher = kind == RowKind.Labelled ? "" : $", {taught} with a teacher's probability";
        string leftOut = left == 0 ? "" : $", {left} without {missing} left out";
        streams.Error.WriteLine($"{path}: {rows.Count} rows, {rows.Count(static row => row.Unsafe == true)} unsafe{teacher}{leftOut}");
        return new TrainingFile(DataSource.Of(path, rows), rows);
    }
}
