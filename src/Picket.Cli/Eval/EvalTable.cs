using Picket.Evaluation;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>The figures on the terminal, at most 120 columns wide.</summary>
internal static class EvalTable
{
    private const int Width = 120;
    private const int NameWidth = 30;

    private static readonly (string Head, Func<GuardMetrics, Estimate?> Figure)[] Columns =
    [
        ("AUPRC", metrics => metrics.Auprc),
        ("F1", metrics => metrics.F1),
        ("Precision", metrics => metrics.Precision),
        ("Recall", metrics => metrics.Recall),
        ("FPR", metrics => metrics.FalsePositiveRate),
        ("AUROC", metrics => metrics.Auroc),
        ("ECE", metrics => metrics.Ece),
    ];

    /// <summary>
    /// A console on <paramref name="output"/>, as wide as the table whatever the terminal: a wrapped line reads better than a wrapped cell.
    /// </summary>
    public static IAnsiConsole ConsoleOn(TextWriter output, StandardStreams streams)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = streams.Coloured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = streams.Coloured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = Width;
        return console;
    }

    public static void Write(IAnsiConsole console, EvaluationReport report)
    {
        string[] guards = [.. report.Results.Select(result => result.Guard.Name).Distinct(StringComparer.Ordinal)];
        foreach (string guard in guards)
        {
            EvaluationResult[] results = [.. report.Results.Where(result => result.Guard.Name == guard)];
            console.Write(Table(guard, results, report.MacroMeans.FirstOrDefault(mean => mean.Guard == guard)));
            foreach (EvaluationResult result in results)
            {
                console.WriteLine(Speed(result));
            }

            console.WriteLine();
        }
    }

    /// <summary>A table with one column of names, which is wide, and columns of numbers.</summary>
    public static Table Frame(string title, int nameWidth, params ReadOnlySpan<string> heads)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(title)) };
        table.AddColumn(new TableColumn(heads[0]) { Width = nameWidth });
        foreach (string head in heads[1..])
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        return table;
    }

    /// <summary>A figure with three digits.</summary>
    public static string Value(double? figure) => figure is null ? "-" : $"{figure:0.000}";

    /// <summary>A name, cut where the column ends.</summary>
    public static string Name(string name, int width = NameWidth) => Markup.Escape(name.Length <= width ? name : name[..(width - 1)] + "…");

    private static Table Table(string guard, EvaluationResult[] results, MacroMean? mean)
    {
        Table table = Frame(
            $"{guard}, threshold {results[0].Threshold:0.###}", NameWidth, ["Data", .. Columns.Select(static column => column.Head)]);
        foreach (EvaluationResult result in results)
        {
            string rows = $"{result.Metrics.Rows:N0} rows, {100.0 * result.Metrics.UnsafeRows / result.Metrics.Rows:0.#} % unsafe";
            table.AddRow([$"{Name(result.Dataset)}\n[dim]{rows}[/]", .. Columns.Select(column => Cell(column.Figure(result.Metrics)))]);
        }

        if (mean is not null)
        {
            table.AddRow(["[bold]macro mean[/]", .. Columns.Select(column => $"[bold]{Value(column.Figure(mean.Metrics)?.Value)}[/]")]);
        }

        return table;
    }

    private static string Cell(Estimate? figure) =>
        figure?.Low is null ? Value(figure?.Value) : $"{Value(figure.Value)}\n[dim]{Bound(figure.Low)}-{Bound(figure.High)}[/]";

    private static string Bound(double? bound) => bound >= 0.9995 ? "1.00" : $"{bound:.000}";

    private static string Speed(EvaluationResult result)
    {
        GuardPerformance performance = result.Performance;
        string speed = performance.InputsPerSecond is { } rate ? $"{rate:N0} inputs/s" : "too fast to time";
        string latency = performance.Latency is { } one ? $", p50 {one.P50Ms:0.00} p95 {one.P95Ms:0.00} p99 {one.P99Ms:0.00} ms" : "";
        string skipped = result.UnlabelledRows > 0 ? $", {result.UnlabelledRows:N0} rows without a label left out" : "";
        return $"{result.Dataset}: {speed}{latency}, peak {performance.PeakWorkingSetBytes / (1024.0 * 1024):N0} MiB{skipped}";
    }
}
