using Spectre.Console;

namespace Picket.Cli;

/// <summary>The report on the terminal.</summary>
internal static class BenchTable
{
    public static void Write(IAnsiConsole console, BenchReport report)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(report.Name)) };
        table.AddColumn(new TableColumn("Tokens"));
        foreach (string head in (string[])["ms", "cores", "tokens/s", "GFLOP/s", "of fp32 peak", "of int8 peak"])
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        foreach (BenchFigures row in report.Rows)
        {
            table.AddRow(
                row.Name,
                row.Ms < 1 ? $"{row.Ms:0.0000}" : $"{row.Ms:0.0}",
                $"{row.Cores:0.00}",
                $"{row.TokensPerSecond:N0}",
                row.Gflops is { } rate ? $"{rate:0}" : "-",
                Share(row.ShareOfFp32Peak),
                Share(row.ShareOfInt8Peak));
        }

        console.Write(table);
        string int8 = report.PeakInt8Gops > 0 ? $"{report.PeakInt8Gops:0} GOP/s int8" : "no int8 peak known";
        console.WriteLine($"{report.Threads} threads, {report.SimdBits}-bit vectors, peak {report.PeakFp32Gflops:0} GFLOP/s fp32, {int8}");
        console.WriteLine($"loaded in {report.LoadSeconds:0.00} s, {report.ResidentMegabytes:N0} MB resident");
    }

    private static string Share(double? share) => share is { } value ? $"{100 * value:0} %" : "-";
}
