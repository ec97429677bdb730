using Picket.Evaluation;
using Picket.Statistics;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>A comparison of routers on the terminal, at most 120 columns wide.</summary>
internal static class RouteTable
{
    private const int NameWidth = 22;

    private static readonly (string Head, Func<RouteFigures, string> Text)[] s_columns =
    [
        ("Share", static figures => Share(figures.Share)),
        ("Routing F1", static figures => EvalTable.Value(figures.RoutingF1)),
        ("F1", static figures => Cell(figures.F1)),
        ("Precision", static figures => EvalTable.Value(figures.Precision)),
        ("Recall", static figures => EvalTable.Value(figures.Recall)),
        ("AUPRC", static figures => EvalTable.Value(figures.Auprc)),
        ("Missed", static figures => Share(figures.Downgraded.Value)),
        ("x small", static figures => Times(figures.LatencyOverSmall)),
        ("x large", static figures => Times(figures.LatencyOverLarge)),
        ("Cost", static figures => Times(figures.CostPer1000)),
    ];

    public static void Write(IAnsiConsole console, RouteReport report)
    {
        console.WriteLine(
            $"{report.Small} before {report.Large}: {report.Rows:N0} rows of {report.Groups:N0} prompts, {report.UnsafeRows:N0} unsafe, "
            + $"{report.HardRows:N0} hard");
        if (report.Options is { SmallMilliseconds: { } small, LargeMilliseconds: { } large })
        {
            console.WriteLine($"one input takes {small:0.###} ms of the small guard and {large:0.###} ms of the large one");
        }

        console.Write(Figures("At their own thresholds", [
            ("small alone", report.SmallAlone), ("large alone", report.LargeAlone),
            .. report.Results.Select(static result => (result.Router, (RouteFigures?)result.Own))]));
        console.Write(Figures(
            $"At a share of at most {100 * report.Options.Share:0.#} %, chosen on these rows",
            [.. report.Results.Where(static result => result.AtShare is not null).Select(static result => (result.Router, result.AtShare))]));
        console.Write(Curves(report));
        string[] sets = [.. report.Results[0].Parts.Where(static part => part.By == "data").Select(static part => part.Name)];
        foreach (RouteResult result in report.Results.Where(result => sets.Length > 1 && result.Router is not (RouteContender.Oracle or "random")))
        {
            console.Write(Parts(result));
        }

        if (report.Flips.Count > 0)
        {
            console.Write(Flips(report));
        }

        if (report.Poisoning.Count > 0)
        {
            console.Write(Poisoning(report));
        }
    }

    private static Table Figures(string title, IReadOnlyList<(string Router, RouteFigures? Figures)> rows)
    {
        (string Head, Func<RouteFigures, string> Text)[] shown =
            [.. s_columns.Where(column => rows.Any(row => column.Text(row.Figures!) != "-"))];
        Table table = EvalTable.Frame(title, NameWidth, ["Router", .. shown.Select(static column => column.Head)]);
        foreach ((string router, RouteFigures? figures) in rows)
        {
            table.AddRow([EvalTable.Name(router, NameWidth), .. shown.Select(column => column.Text(figures!))]);
        }

        return table;
    }

    private static Table Curves(RouteReport report)
    {
        Table table = EvalTable.Frame(
            "Over all shares", NameWidth, "Router", "Mean F1", "less random's", "less entropy's", "Area (small 0, large 1)", "95 % of the way at");
        foreach (RouteResult result in report.Results.Where(static result => result.MeanF1 is not null))
        {
            table.AddRow(
                EvalTable.Name(result.Router, NameWidth), Cell(result.MeanF1), Cell(result.OverRandom), Cell(result.OverEntropy), Cell(result.Area),
                Share(result.ShareFor95));
        }

        return table;
    }

    private static Table Parts(RouteResult result)
    {
        Table table = EvalTable.Frame(
            $"{result.Router}, by data set; the reports have it by source and category", 34,
            "Data", "Rows", "Unsafe", "Share", "Routing F1", "small F1", "F1", "large F1", "Missed");
        foreach (RoutePart part in result.Parts.Where(static part => part.By == "data"))
        {
            table.AddRow(
                EvalTable.Name(part.Name, 34), $"{part.Rows:N0}", $"{part.UnsafeRows:N0}", Share(part.Share),
                EvalTable.Value(part.RoutingF1), EvalTable.Value(part.SmallF1), EvalTable.Value(part.F1), EvalTable.Value(part.LargeF1),
                Share(part.Downgraded.Value));
        }

        return table;
    }

    private static Table Flips(RouteReport report)
    {
        Table table = EvalTable.Frame(
            "Under edits that change no meaning", NameWidth, "Router", "Edit", "Routes that flip", "no longer escalated", "no longer held unsafe");
        foreach (RouteFlips flips in report.Flips)
        {
            table.AddRow(EvalTable.Name(flips.Router, NameWidth), flips.Edit, Cell(flips.Flipped), Cell(flips.Kept), Cell(flips.Unblocked));
        }

        return table;
    }

    private static Table Poisoning(RouteReport report)
    {
        Table table = EvalTable.Frame(
            "Learned from poisoned rows", NameWidth, "Poisoned", "Rows", "Routing F1", "hard escalated", "with the phrase", "missed with the phrase");
        foreach (RoutePoison poison in report.Poisoning)
        {
            table.AddRow(
                Share(poison.Share), $"{poison.Rows:N0}", EvalTable.Value(poison.RoutingF1), Cell(poison.Escalated),
                Cell(poison.EscalatedWithPhrase), Cell(poison.DowngradedWithPhrase));
        }

        return table;
    }

    private static string Cell(Estimate? figure) => figure is null ? "-"
        : figure.Low is null ? $"{figure.Value:0.000}"
        : $"{figure.Value:0.000}\n[dim]{figure.Low:0.000} {figure.High:0.000}[/]";

    private static string Cell(Rate rate) =>
        rate.Value is null ? "-" : $"{Share(rate.Value)}\n[dim]{rate.Hits:N0} of {rate.Trials:N0}[/]";

    private static string Share(double? value) => value is { } share ? $"{100 * share:0.0} %" : "-";

    private static string Times(double? value) => value is { } times ? times >= 100 ? $"{times:N0}" : $"{times:0.00}" : "-";
}
