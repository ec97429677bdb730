using Picket.Training.NGram;

namespace Picket.Cli;

/// <summary>The figures of a finished guard, one set a line.</summary>
internal static class CardTable
{
    public static void Write(IReadOnlyList<CardMetrics> rows, TextWriter output)
    {
        int width = rows.Max(static row => row.Data.Name.Length);
        output.WriteLine($"{"".PadRight(width)}  {"rows",6} {"unsafe",6} {"AUPRC",7} {"F1",7} {"FPR",7} {"recall",7} {"ECE",7}");
        foreach (CardMetrics row in rows)
        {
            output.WriteLine(
                $"{row.Data.Name.PadRight(width)}  {row.Data.Rows,6} {row.Data.UnsafeRows,6} "
                + $"{Figure(row.Auprc)} {Figure(row.F1)} {Figure(row.FalsePositiveRate)} {Figure(row.Recall)} {Figure(row.Ece)}");
        }

        static string Figure(double? value) => value is { } figure ? $"{figure,7:F4}" : "      -";
    }
}
