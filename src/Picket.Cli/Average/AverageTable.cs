using Picket.Training.Distillation;
using Picket.Training.NGram;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>Figures of students and of their average, on the terminal.</summary>
internal static class AverageTable
{
    /// <summary>A line a student, under its folder as all may have one name, and one for the average.</summary>
    public static void Write(IAnsiConsole console, string name, IReadOnlyList<string> folders, AverageCard card)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Guard");
        foreach (string head in (string[])["AUPRC", "F1", "FPR", "Recall", "ECE"])
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        foreach ((string folder, AveragedStudent student) in folders.Zip(card.Students))
        {
            table.AddRow(Row(folder, student.Metrics));
        }

        table.AddRow(Row(name, card.Metrics[0]));
        console.Write(table);
        console.WriteLine($"on {card.Metrics[0].Data.Rows:N0} rows, {card.Metrics[0].Data.UnsafeRows:N0} unsafe; each calibrated on them");
    }

    private static string[] Row(string name, CardMetrics metrics)
    {
        double?[] figures = [metrics.Auprc, metrics.F1, metrics.FalsePositiveRate, metrics.Recall, metrics.Ece];
        return [Markup.Escape(name), .. figures.Select(static figure => $"{figure:0.0000}")];
    }
}
