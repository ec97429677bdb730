namespace Picket.Ablation.Tests;

public sealed class ReportTableTests
{
    private readonly string[] _lines = ReportTable.Write(Report()).Split('\n');

    [Fact]
    public void Write_Cells_GivesMeanAndDeviationOfASet() =>
        Assert.StartsWith("| n-gram | eda | 0.300 ± 0.141 |", Compact(Row("| n-gram", "| eda")), StringComparison.Ordinal);

    [Fact]
    public void Write_PaperLine_StandsUnderItsSets()
    {
        string[] found = Compact(Row("| paper", "| DeBERTa + HarmAug")).Trim('|').Split('|', StringSplitOptions.TrimEntries);

        Assert.Equal(
            ["paper, table 1", "DeBERTa + HarmAug", "0.7236", "–", "–", "0.8331", "0.7576", "0.7357 of its four", "0.6283"], found);
    }

    [Fact]
    public void Write_Differences_ArePairedBySeed()
    {
        int table = Array.FindIndex(_lines, static line => line.Contains("less that of plain", StringComparison.Ordinal));

        string found = _lines.Skip(table).First(static line => line.Contains("eda", StringComparison.Ordinal));
        Assert.Equal("| n-gram | eda | +0.100 ± 0.000 | +0.050 ± 0.000 |", Compact(found));
    }

    private static AblationReport Report() => new()
    {
        Created = default,
        Teacher = "a guard",
        Generator = "a model",
        Settings = new Dictionary<string, string>(),
        Added = [new AddedRows("eda", 1, 20, 18, 10, 4, 0.5, null)],
        TeacherFigures = Cell("", 0, 0.9),
        Cells = [Cell("plain", 1, 0.1), Cell("plain", 2, 0.3), Cell("eda", 1, 0.2), Cell("eda", 2, 0.4)],
    };

    private static Cell Cell(string arm, int seed, double f1) => new(
        arm.Length == 0 ? "teacher" : "n-gram",
        arm,
        seed,
        "",
        10,
        EvaluationSets.Names.ToDictionary(static set => set, _ => new SetFigures(f1, f1 / 2)));

    private static string Compact(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private string Row(string student, string arm) =>
        _lines.First(line => line.StartsWith(student, StringComparison.Ordinal) && line.Contains(arm, StringComparison.Ordinal));
}
