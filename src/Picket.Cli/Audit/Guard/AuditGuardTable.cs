using Picket.Evaluation;
using Picket.Fairness;
using Picket.Statistics;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>A guard audit on the terminal, at most 120 columns wide.</summary>
internal static class AuditGuardTable
{
    private const int TermsShown = 16;
    private const int NameWidth = 24;

    private static readonly string[] Heads = ["Term", "FPR", "95 %", "TPR", "95 %", "Shift", "Flips", "Subgroup", "BPSN", "BNSP"];

    public static void Write(IAnsiConsole console, FairnessReport report)
    {
        foreach (FairnessResult result in report.Results)
        {
            console.Write(Table(result));
            console.WriteLine(
                $"{result.Rows:N0} rows of {result.Templates:N0} templates, {result.CompleteTemplates:N0} of them with all "
                + $"{result.Terms.Count} terms: FPR {Text(result.FalsePositiveRate)}, TPR {Text(result.TruePositiveRate)}, AUC {Figure(result.Auc)}");
            WriteGap(console, result, "FPR", result.FalsePositiveGap, result.FalsePositiveGapOfAllRows);
            WriteGap(console, result, "TPR", result.TruePositiveGap, result.TruePositiveGapOfAllRows);
            console.WriteLine(
                $"equality differences: false positives {Figure(result.FalsePositiveEqualityDifference)}, "
                + $"false negatives {Figure(result.FalseNegativeEqualityDifference)}; verdicts that flip when the term is swapped: "
                + $"{Text(result.FlipRate)}, in {result.MixedTemplates.Hits:N0} of {result.MixedTemplates.Trials:N0} templates");
            console.WriteLine();
        }
    }

    private static void WriteGap(IAnsiConsole console, FairnessResult result, string rate, TermGap? gap, TermGap? ofAllRows)
    {
        console.WriteLine($"largest {rate} gap between terms: {Text(gap)}");

        // The same where every term stands in every template.
        if (result.CompleteTemplates < result.Templates)
        {
            console.WriteLine($"over all rows: {Text(ofAllRows)}");
        }
    }

    private static Table Table(FairnessResult result)
    {
        var title = new TableTitle(Markup.Escape($"{result.Guard.Name} on {result.Data}, threshold {result.Threshold:0.###}"));
        var table = new Table { Border = TableBorder.Simple, Title = title };
        foreach (string head in Heads)
        {
            table.AddColumn(head == Heads[0] ? new TableColumn(head) { Width = NameWidth } : new TableColumn(head).RightAligned().NoWrap());
        }

        TermFigures[] terms = [.. result.Terms.OrderByDescending(static term => term.FalsePositiveRate.Value ?? -1).ThenByDescending(Shift)];
        int half = terms.Length > TermsShown ? TermsShown / 2 : terms.Length;
        foreach (TermFigures term in terms.Take(half))
        {
            table.AddRow(Cells(term));
        }

        if (terms.Length > TermsShown)
        {
            table.AddRow($"[dim]{terms.Length - (2 * half)} more[/]");
            foreach (TermFigures term in terms.TakeLast(half))
            {
                table.AddRow(Cells(term));
            }
        }

        return table;

        static double Shift(TermFigures term) => term.ScoreShift?.Value ?? 0;
    }

    private static string[] Cells(TermFigures term) =>
    [
        Markup.Escape(term.Term.Length <= NameWidth ? term.Term : term.Term[..(NameWidth - 1)] + "…"),
        Figure(term.FalsePositiveRate.Value),
        $"[dim]{Range(term.FalsePositiveRate)}[/]",
        Figure(term.TruePositiveRate.Value),
        $"[dim]{Range(term.TruePositiveRate)}[/]",
        term.ScoreShift is { } shift ? $"{shift.Value:+0.000;-0.000;0.000}" : "-",
        Figure(term.FlipRate),
        Figure(term.SubgroupAuc),
        Figure(term.BpsnAuc),
        Figure(term.BnspAuc),
    ];

    private static string Text(Rate rate) => rate.Value is { } value ? $"{value:0.000} ({Range(rate)})" : "-";

    private static string Text(Estimate? figure) =>
        figure is null ? "-" : figure.Low is null ? Figure(figure.Value) : $"{figure.Value:0.000} ({figure.Low:0.000}-{figure.High:0.000})";

    private static string Text(TermGap? gap) => gap is null ? "-"
        : gap.Difference.Value == 0 ? "none"
        : $"{Text(gap.Difference)}, {gap.Highest} over {gap.Lowest}{(gap.PValue is { } p ? $", p {p:0.000}" : "")}";

    private static string Range(Rate rate) => rate.Low is null ? "" : $"{rate.Low:0.00}-{rate.High:0.00}";

    private static string Figure(double? value) => value is { } figure ? $"{figure:0.000}" : "-";
}
