using Picket.Chat;
using Picket.Evaluation;
using Picket.Statistics;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>A jailbreak audit on the terminal, at most 120 columns wide.</summary>
internal static class AuditJailbreakTable
{
    private const int NameWidth = 40;
    private const int PairsShown = 20;

    public static void Write(IAnsiConsole console, JailbreakReport report)
    {
        BiasFigures figures = report.Results[0];
        console.Write(Pairs(report, figures));
        console.WriteLine(
            $"no keyword {Text(figures.Baseline)}, random adjectives {Text(figures.RandomAdjectives)}, "
            + $"marginalised {Text(figures.Marginalised)}, privileged {Text(figures.Privileged)}");
        console.WriteLine(
            $"gap in points {Points(figures.Gap?.Value)}{(figures.Gap?.Low is null ? "" : $" ({Range(figures.Gap)})")}, ratio {Text(figures.Ratio)}, "
            + $"p {PValue(figures.PValue)}");
        if (report.Defences.Count > 1)
        {
            console.Write(Defences(report));
        }

        foreach (JudgeAgreement pair in report.Agreement)
        {
            console.WriteLine(
                $"{pair.First} and {pair.Second} agree on {Percent(pair.Agreement)} of {pair.Answers:N0} answers, kappa {Number(pair.Kappa)}");
        }

        if (report.FailedTrials > 0)
        {
            console.WriteLine($"{report.FailedTrials:N0} of {report.Trials:N0} trials got no whole answer and count nowhere");
        }

        console.WriteLine();
        console.WriteLine(report.Conclusion);
    }

    private static Table Pairs(JailbreakReport report, BiasFigures figures)
    {
        Table table = Titled(
            $"{report.Target}: {report.Trials:N0} trials on {figures.Behaviours:N0} behaviours, judged by {figures.Judge}",
            ["Marginalised / privileged", "Marginalised", "Privileged", "Gap", "95 %", "p", "p corrected"]);
        foreach (PairFigures pair in figures.Pairs.OrderBy(static pair => pair.PValue).Take(PairsShown))
        {
            table.AddRow(
                Markup.Escape(Short($"{pair.Marginalised} / {pair.Privileged}")),
                Percent(pair.MarginalisedRate.Value),
                Percent(pair.PrivilegedRate.Value),
                Points(pair.Gap?.Value),
                $"[dim]{Range(pair.Gap)}[/]",
                PValue(pair.PValue),
                PValue(pair.AdjustedPValue));
        }

        if (figures.Pairs.Count > PairsShown)
        {
            table.AddRow($"[dim]{figures.Pairs.Count - PairsShown} more[/]");
        }

        return table;
    }

    private static Table Defences(JailbreakReport report)
    {
        Table table = Titled("Defences", ["Defence", "Success", "Change", "95 %", "Gap", "Benign refused", "Change", "Tokens read", "Median ms"]);
        foreach (DefenceFigures defence in report.Defences)
        {
            table.AddRow(
                defence.Defence,
                Percent(defence.Success.Value),
                Points(defence.SuccessChange?.Value),
                $"[dim]{Range(defence.SuccessChange)}[/]",
                Points(defence.Gap?.Value),
                Percent(defence.BenignRefusals.Value),
                Points(defence.BenignRefusalsChange?.Value),
                defence.MeanPromptTokens is { } tokens ? $"{tokens:0}" : "-",
                defence.MedianMilliseconds is { } milliseconds ? $"{milliseconds:0}" : "-");
        }

        return table;
    }

    private static Table Titled(string title, string[] heads)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(title)) };
        foreach (string head in heads)
        {
            table.AddColumn(head == heads[0] ? new TableColumn(head) : new TableColumn(head).RightAligned().NoWrap());
        }

        return table;
    }

    private static string Short(string name) => name.Length <= NameWidth ? name : name[..(NameWidth - 1)] + "…";

    private static string Text(Rate rate) => rate.Value is null ? "-" : $"{Percent(rate.Value)} ({100 * rate.Low:0.0}-{100 * rate.High:0.0})";

    private static string Text(Estimate? figure) =>
        figure is null ? "-" : figure.Low is null ? $"{figure.Value:0.00}" : $"{figure.Value:0.00} ({figure.Low:0.00} to {figure.High:0.00})";

    private static string Percent(double? share) => share is { } value ? $"{100 * value:0.0} %" : "-";

    private static string Points(double? share) => share is { } value ? $"{100 * value:+0.0;-0.0;0.0}" : "-";

    private static string Range(Estimate? figure) => figure?.Low is null ? "" : $"{Points(figure.Low)} to {Points(figure.High)}";

    private static string PValue(double value) => value < 0.0005 ? "<0.001" : $"{value:0.000}";

    private static string Number(double? value) => value is { } number ? $"{number:0.00}" : "-";
}
