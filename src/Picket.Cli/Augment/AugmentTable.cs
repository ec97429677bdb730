using Picket.Training.Augmentation;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>What came of an augmentation, on the terminal, at most 120 columns wide.</summary>
internal static class AugmentTable
{
    private const int NameWidth = 30;

    private static readonly (string Rule, string Words)[] Reasons =
    [
        (DropRules.Failed, "failed"), (DropRules.Filtered, "taken by a filter of the server"), (DropRules.OverUnsafeShare, "over the unsafe share"),
        (FilterRules.Duplicate, "duplicate"), (FilterRules.NearDuplicate, "near duplicate"),
    ];

    private static readonly string[] Contaminated =
        [FilterRules.EvaluationExact, FilterRules.EvaluationNGram, FilterRules.EvaluationNearDuplicate];

    public static void Write(IAnsiConsole console, AugmentationReport report)
    {
        int rows = report.Rows.Values.Sum();
        string kinds = string.Join(", ", report.Rows.Select(static kind => $"{kind.Value:N0} {kind.Key}"));
        console.WriteLine($"{report.Strategy} made {rows:N0} rows of {report.SeedRows:N0} seed rows: {kinds}");
        if (report.ContaminatedSeedRows + report.SeedRowsOfOtherSplits > 0)
        {
            console.WriteLine(
                $"left out {report.ContaminatedSeedRows:N0} seed rows that repeat an evaluation row, and {report.SeedRowsOfOtherSplits:N0} "
                + "of other splits than train");
        }

        if (report.Asked == 0)
        {
            return;
        }

        console.Write(Fates(report));
        WriteVariety(console, report.Diversity);
        if (report.Generators.Count > 0)
        {
            console.Write(Models(report));
        }
    }

    private static Table Fates(AugmentationReport report)
    {
        bool divided = report.Benign.Answers > 0 && report.Benign.Answers < report.Counts.Answers;
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("What became of them") };
        table.AddColumn(new TableColumn("") { Width = NameWidth + 4 });
        foreach (string head in divided ? (string[])["All", "Harmless"] : ["All"])
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        Add("asked for", report.Asked, null);
        Add("refusal", report.Counts.Refused, report.Benign.Refused);
        Add("empty", report.Counts.Empty, report.Benign.Empty);
        Add("no instruction in it", report.Counts.Unreadable, report.Benign.Unreadable);
        foreach ((string rule, string words) in Reasons)
        {
            Add(words, report.Counts.Dropped.GetValueOrDefault(rule), report.Benign.Dropped.GetValueOrDefault(rule));
        }

        Add("of an evaluation row", Sum(report.Counts), Sum(report.Benign));
        Add("kept", report.Counts.Kept, report.Benign.Kept);
        return table;

        void Add(string name, int all, int? benign) =>
            table.AddRow([name, $"{all:N0}", .. divided ? (string[])[benign is null ? "" : $"{benign:N0}"] : []]);

        static int Sum(GenerationCounts counts) => Contaminated.Sum(rule => counts.Dropped.GetValueOrDefault(rule));
    }

    private static void WriteVariety(IAnsiConsole console, DiversityFigures variety)
    {
        console.WriteLine(
            $"variety: distinct-1 {Figure(variety.Distinct1)}, distinct-2 {Figure(variety.Distinct2)}, distinct-3 {Figure(variety.Distinct3)}, "
            + $"self-similarity {Figure(variety.SelfSimilarity)},");
        string distinct = variety.DistinctSample < variety.Texts ? $"; distinct-n in one of {variety.DistinctSample:N0}" : "";
        console.WriteLine(
            $"         {variety.Clusters:N0} clusters at {variety.ClusterThreshold:0.##} in a sample of {variety.Sample:N0}{distinct}");
    }

    private static Table Models(AugmentationReport report)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("Models") };
        table.AddColumn(new TableColumn("Writes").NoWrap());
        table.AddColumn(new TableColumn("Model") { Width = NameWidth });
        foreach (string head in (string[])["Answers", "Refusals", "Failed tries", "Tokens read", "Written", "Cost"])
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        foreach (GeneratorUse use in report.Generators)
        {
            string name = use.Name.Length <= NameWidth ? use.Name : use.Name[..(NameWidth - 1)] + "…";
            table.AddRow(
                use.Part, Markup.Escape(name), $"{use.Answers:N0}", use.RefusalRate is { } rate ? $"{rate:P1}" : "-",
                $"{use.FailedAttempts.Values.Sum():N0}", $"{use.PromptTokens:N0}", $"{use.AnswerTokens:N0}", $"{use.Cost:0.####}");
        }

        return table;
    }

    private static string Figure(double? value) => value is { } figure ? $"{figure:0.000}" : "-";
}
