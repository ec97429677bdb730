using System.Text;

namespace Picket.Ablation;

/// <summary>A report as Markdown, which reads as a table on a terminal, too.</summary>
internal static class ReportTable
{
    private const string None = "–";

    /// <summary>All tables.</summary>
    public static string Write(AblationReport report)
    {
        var text = new StringBuilder();
        text.AppendLine($"Teacher: {report.Teacher}. Generator: {report.Generator}.");
        text.AppendLine("Mean ± standard deviation (n - 1) over the seeds.").AppendLine();
        foreach ((string title, Func<SetFigures, double> figure) in
            ((string, Func<SetFigures, double>)[])[("F1", static set => set.F1), ("AUPRC", static set => set.Auprc)])
        {
            AppendTable(text, ["student", "arm", .. EvaluationSets.Names, "mean", "paper ToxicChat"], Rows(report, figure), title);
        }

        AppendTable(
            text, ["student", "arm", "F1", "AUPRC"], Differences(report), "Mean of the sets, less that of plain distillation with the same seed");
        AppendTable(
            text,
            ["arm", "seed", "asked", "kept", "added", "unsafe of them", "distinct-2", "self-similarity"],
            report.Added.Select(static rows => (string[])
            [
                rows.Arm, $"{rows.Seed}", $"{rows.Asked}", $"{rows.Kept}", $"{rows.Added}", $"{rows.Unsafe}", Number(rows.Distinct2),
                Number(rows.SelfSimilarity),
            ]),
            "Rows that were added");
        return text.ToString();
    }

    private static IEnumerable<string[]> Rows(AblationReport report, Func<SetFigures, double> figure)
    {
        foreach (Cell[] runs in Groups(report).Append([report.TeacherFigures]))
        {
            yield return
            [
                runs[0].Student, runs[0].Arm,
                .. EvaluationSets.Names.Select(set => $"{Spread.Of([.. runs.Select(run => figure(run.Figures[set]))])}"),
                $"{Spread.Of([.. runs.Select(run => figure(run.Mean))])}", None,
            ];
        }

        foreach (PaperFigures line in report.Paper)
        {
            yield return
            [
                "paper, table 1", line.Line,
                .. EvaluationSets.Names.Select(set => line.On(set) is { } found ? $"{figure(found):F4}" : None),
                $"{figure(line.Average):F4} of its four", $"{figure(line.ToxicChat):F4}",
            ];
        }
    }

    private static IEnumerable<string[]> Differences(AblationReport report)
    {
        foreach (Cell[] runs in Groups(report).Where(static runs => runs[0].Arm != Arm.Plain.NameOf()))
        {
            (SetFigures With, SetFigures Without)[] pairs =
            [
                .. runs.Select(run => (run.Mean, report.Cells.Single(
                    plain => plain.Student == run.Student && plain.Seed == run.Seed && plain.Arm == Arm.Plain.NameOf()).Mean)),
            ];
            yield return
            [
                runs[0].Student, runs[0].Arm,
                Spread.Of([.. pairs.Select(static pair => pair.With.F1 - pair.Without.F1)]).Signed(),
                Spread.Of([.. pairs.Select(static pair => pair.With.Auprc - pair.Without.Auprc)]).Signed(),
            ];
        }
    }

    private static IEnumerable<Cell[]> Groups(AblationReport report) =>
        report.Cells.GroupBy(static cell => (cell.Student, cell.Arm)).Select(static group => group.ToArray());

    private static string Number(double? value) => value is { } found ? $"{found:F3}" : None;

    private static void AppendTable(StringBuilder text, string[] head, IEnumerable<string[]> rows, string title)
    {
        string[][] lines = [head, .. rows];
        int[] widths = [.. head.Select((_, column) => lines.Max(line => line[column].Length))];
        text.AppendLine($"**{title}**").AppendLine();
        for (int i = 0; i < lines.Length; i++)
        {
            text.AppendLine($"| {string.Join(" | ", lines[i].Select((value, column) => value.PadRight(widths[column])))} |");
            if (i == 0)
            {
                text.AppendLine($"| {string.Join(" | ", widths.Select(static width => new string('-', width)))} |");
            }
        }

        text.AppendLine();
    }
}
