using Picket.Models.Quantisation;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>What came of a quantisation, on the terminal.</summary>
internal static class QuantiseTable
{
    public static void Write(IAnsiConsole console, QuantisationResult result)
    {
        CalibrationRecord? measured = result.Record.Calibration;
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(result.Manifest.Name)) };
        table.AddColumn("");
        string[] heads = measured is null ? ["original", "as written"] : ["original", "all quantised", "as written"];
        foreach (string head in heads)
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        string kept = $"{result.Kept.Count} of {result.Units}";
        if (measured is null)
        {
            table.AddRow("weights, MB", Megabytes(result.BytesBefore), Megabytes(result.BytesAfter));
            table.AddRow("units in fp32", "", kept);
        }
        else
        {
            table.AddRow("weights, MB", Megabytes(result.BytesBefore), "", Megabytes(result.BytesAfter));
            table.AddRow("units in fp32", "", $"0 of {result.Units}", kept);
            table.AddRow("log-odds differ, mean", "", Figure(measured.AllQuantised.Mean), Figure(measured.AsWritten.Mean));
            table.AddRow("log-odds differ, most", "", Figure(measured.AllQuantised.Max), Figure(measured.AsWritten.Max));
        }

        console.Write(table);
        foreach ((string unit, string reason) in result.Kept)
        {
            console.WriteLine($"{unit} is left in fp32: {reason}");
        }

        console.WriteLine(measured is null
            ? "nothing was measured: give texts with --calibration"
            : $"measured on {measured.Rows:N0} rows of {measured.File}");
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:N1}";

    private static string Figure(double difference) => $"{difference:0.####}";
}
