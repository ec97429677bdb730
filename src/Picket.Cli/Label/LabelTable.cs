using Picket.Training.Labelling;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>What came of a labelling, on the terminal, at most 120 columns wide.</summary>
internal static class LabelTable
{
    private const int GroupsShown = 10;
    private const int NameWidth = 40;
    private const int IdWidth = 36;
    private const int PlaceWidth = 26;

    public static void Write(IAnsiConsole console, DisagreementReport report)
    {
        Disagreement all = report.Overall;
        console.WriteLine(
            $"{report.Teacher.Name} labelled {all.Rows:N0} rows at threshold {report.Threshold:0.###}: "
            + $"{all.TeacherUnsafeRows:N0} unsafe ({(double)all.TeacherUnsafeRows / all.Rows:P1})");
        if (all.LabelledRows == 0)
        {
            console.WriteLine("no row had a label to compare with");
            return;
        }

        console.Write(Groups(report));
        if (report.Surprising.Count > 0)
        {
            console.Write(Surprising(report));
        }
    }

    private static Table Groups(DisagreementReport report)
    {
        var table = new Table
        {
            Border = TableBorder.Simple,
            Title = new TableTitle("Teacher and labels"),
            Caption = new TableTitle("[dim]only T: unsafe for the teacher only; only L: labelled unsafe only; most disagreements first[/]"),
        };
        table.AddColumn(new TableColumn("Rows of") { Width = NameWidth });
        foreach (string head in (string[])["Rows", "Labelled", "Agreement", "Kappa", "Only T", "Only L"])
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        table.AddRow(Cells("[bold]all[/]", report.Overall));
        AddGroups(table, "source", report.Sources, report.Overall.Rows);
        AddGroups(table, "category", report.Categories, report.Overall.Rows);
        return table;
    }

    private static void AddGroups(Table table, string what, DisagreementBreakdown breakdown, int rows)
    {
        // One group that holds everything says what the first line says.
        DisagreementGroup[] shown = [.. breakdown.Groups.Where(group => group.Labels.LabelledRows > 0 && group.Labels.Rows < rows).Take(GroupsShown)];
        if (shown.Length == 0)
        {
            return;
        }

        int left = breakdown.Groups.Count + breakdown.GroupsLeftOut - shown.Length;
        table.AddEmptyRow();
        table.AddRow(left > 0 ? $"[dim]by {what}, {shown.Length} of {left + shown.Length}[/]" : $"[dim]by {what}[/]");
        foreach (DisagreementGroup group in shown)
        {
            table.AddRow(Cells(Text(group.Name, NameWidth), group.Labels));
        }
    }

    private static string[] Cells(string name, Disagreement labels) =>
    [
        name, $"{labels.Rows:N0}", $"{labels.LabelledRows:N0}", labels.Agreement is { } agreement ? $"{agreement:P1}" : "-",
        labels.Kappa is { } kappa ? $"{kappa:0.000}" : "-", $"{labels.TeacherUnsafeLabelSafe:N0}", $"{labels.TeacherSafeLabelUnsafe:N0}",
    ];

    private static Table Surprising(DisagreementReport report)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("The most surprising rows") };
        table.AddColumn(new TableColumn("Row").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Id") { Width = IdWidth });
        table.AddColumn(new TableColumn("Source") { Width = PlaceWidth });
        table.AddColumn(new TableColumn("Category") { Width = PlaceWidth });
        table.AddColumn(new TableColumn("Unsafe").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Label").NoWrap());
        foreach (SurprisingRow row in report.Surprising)
        {
            table.AddRow(
                $"{row.Row}", Text(row.Id, IdWidth), Text(row.Source, PlaceWidth), Text(row.Category, PlaceWidth),
                $"{row.UnsafeProbability:0.000}", row.LabelledUnsafe ? "unsafe" : "safe");
        }

        return table;
    }

    private static string Text(string? name, int width) =>
        name is null ? "-" : Markup.Escape(name.Length <= width ? name : name[..(width - 1)] + "…");
}
