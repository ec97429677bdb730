using System.CommandLine;

namespace Picket.Cli.Tests;

public sealed class EvalCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<FakeGuard> _guards = [];
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Run_OneFile_PrintsTheFigures()
    {
        int status = await RunAsync("--data", _folder.WriteRows("rows.jsonl"), "--resamples", "50");

        Assert.Equal(0, status);
        Assert.Contains("AUPRC", _output.ToString());
        Assert.Contains("60 rows", _output.ToString());
        Assert.Contains("threshold 0.4", _output.ToString());
        Assert.DoesNotContain("macro mean", _output.ToString());
    }

    [Fact]
    public async Task Run_SeveralFilesAndGuards_PrintsMacroMeansWithin120Columns()
    {
        await RunAsync(
            "--data", _folder.WriteRows("a.jsonl"), _folder.WriteRows("a_data_set_with_a_really_long_name.jsonl", 40),
            "--guard", "x", "--guard", "y", "--resamples", "50");

        string[] lines = _output.ToString().Split('\n');
        Assert.Equal(2, lines.Count(line => line.Contains("macro mean", StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= 120, $"{line.Length} columns"));
        Assert.DoesNotContain('\e', _output.ToString());
        Assert.All(_guards, guard => Assert.True(guard.Disposed));
    }

    [Fact]
    public async Task Run_OutAndHtml_WritesBothAndLeavesNoTemporaryFile()
    {
        string data = _folder.WriteRows("rows.jsonl");

        await RunAsync("--data", data, "--resamples", "20", "--out", _folder.At("r.json"), "--html", _folder.At("r.html"));

        Assert.Equal(["r.html", "r.json", "rows.jsonl"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Picket.Evaluation.EvaluationReport report = Picket.Evaluation.EvaluationJson.Deserialize(await File.ReadAllTextAsync(_folder.At("r.json"), TestContext.Current.CancellationToken));
        Assert.Equal(("rows", 60), (report.Results[0].Dataset, report.Results[0].Metrics.Rows));
    }

    [Fact]
    public async Task Run_SameSeed_WritesTheSameFigures()
    {
        string data = _folder.WriteRows("rows.jsonl");
        var figures = new List<Picket.Evaluation.GuardMetrics>();
        foreach (string name in new[] { "1.json", "2.json" })
        {
            await RunAsync("--data", data, "--resamples", "30", "--seed", "5", "--out", _folder.At(name));
            string json = await File.ReadAllTextAsync(_folder.At(name), TestContext.Current.CancellationToken);
            figures.Add(Picket.Evaluation.EvaluationJson.Deserialize(json).Results[0].Metrics);
        }

        Assert.Equal(figures[0], figures[1]);
    }

    [Fact]
    public async Task Run_GuardsOfOneName_AreToldApartByFolder()
    {
        await RunAsync("--data", _folder.WriteRows("rows.jsonl"), "--resamples", "0", "--guard", "same/left", "same/right");

        Assert.Contains("same (left)", _output.ToString());
        Assert.Contains("same (right)", _output.ToString());
    }

    [Fact]
    public async Task Run_MissingFile_SaysSoInOneLine()
    {
        var fault = await Assert.ThrowsAsync<PicketException>(() => RunAsync("--data", _folder.At("none.jsonl")));

        Assert.Equal($"{_folder.At("none.jsonl")}: no such file", fault.Message);
    }

    [Fact]
    public async Task Run_ReportInMissingFolder_FailsBeforeAnyGuardIsLoaded()
    {
        string path = _folder.At("none/r.json");

        var fault = await Assert.ThrowsAsync<PicketException>(() => RunAsync("--data", _folder.WriteRows("rows.jsonl"), "--out", path));

        Assert.Equal($"{path}: no such directory", fault.Message);
        Assert.Empty(_guards);
    }

    [Fact]
    public async Task Run_Cancelled_LeavesTheOldReport()
    {
        string old = _folder.Write("r.json", "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync(new CancellationToken(canceled: true), "--data", _folder.WriteRows("rows.jsonl"), "--out", old));

        Assert.Equal("old", await File.ReadAllTextAsync(old, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--threshold", "1.5", "--threshold: expected a number in [0, 1]")]
    [InlineData("--resamples", "-1", "--resamples: found -1, expected 0 to 1000000")]
    [InlineData("--batch", "0", "--batch: found 0, expected 1 to 65536")]
    public void Parse_NumberOutOfRange_IsRefused(string option, string value, string message)
    {
        ParseResult line = Root().Parse(["eval", "--data", "x", option, value]);

        Assert.Equal([message], line.Errors.Select(error => error.Message));
    }

    [Fact]
    public void Parse_NumberThatIsNone_IsRefusedOnce()
    {
        ParseResult line = Root().Parse(["eval", "--data", "x", "--threshold", "high"]);

        Assert.Single(line.Errors);
    }

    [Fact]
    public void Parse_NoData_IsRefused()
    {
        Assert.NotEmpty(Root().Parse(["eval"]).Errors);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private RootCommand Root() => [EvalCommand.Create(Load)];

    private Task<int> RunAsync(params string[] words) => RunAsync(TestContext.Current.CancellationToken, words);

    private Task<int> RunAsync(CancellationToken cancellationToken, params string[] words) =>
        Root().Parse(["eval", .. words]).InvokeAsync(
            new InvocationConfiguration { Output = _output, Error = _error, EnableDefaultExceptionHandler = false }, cancellationToken);

    private ValueTask<IGuard> Load(string? directory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var guard = new FakeGuard(directory is null ? "default" : directory.Split('/')[0]);
        _guards.Add(guard);
        return new(guard);
    }
}
