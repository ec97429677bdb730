using System.Text;
using Picket.Evaluation;
using Picket.Models;

namespace Picket.Cli.Tests;

public sealed class EvalCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<LengthGuard> _guards = [];

    [Fact]
    public async Task Run_OneFile_PrintsTheFigures()
    {
        CliResult result = await RunAsync("--data", _folder.WriteRows("rows.jsonl"), "--resamples", "50");

        Assert.Equal((0, ""), (result.Status, result.Error));
        Assert.Contains("AUPRC", result.Output);
        Assert.Contains("60 rows", result.Output);
        Assert.Contains("threshold 0.4", result.Output);
        Assert.DoesNotContain("macro mean", result.Output);
    }

    [Fact]
    public async Task Run_SeveralFilesAndGuards_PrintsMacroMeansWithin120Columns()
    {
        CliResult result = await RunAsync(
            "--data", _folder.WriteRows("a.jsonl"), _folder.WriteRows("a_data_set_with_a_really_long_name.jsonl", 40),
            "--guard", "x", "--guard", "y", "--resamples", "50");

        Assert.Equal(2, result.Lines.Count(line => line.Contains("macro mean", StringComparison.Ordinal)));
        Assert.All(result.Lines, line => Assert.True(line.TrimEnd().Length <= 120, $"{line.Length} columns"));
        Assert.DoesNotContain('\e', result.Output);
        Assert.Equal(2, _guards.Count(guard => guard.Disposed));
    }

    [Fact]
    public async Task Run_NoGuard_MeasuresThoseThatComeWithPicket()
    {
        await RunAsync(["--data", _folder.WriteRows("rows.jsonl"), "--resamples", "0"], coloured: false, TestContext.Current.CancellationToken);

        Assert.Equal(EmbeddedGuards.Names, _guards.Select(guard => guard.Description.Name));
    }

    [Fact]
    public async Task Run_OutAndHtml_WritesBothAndLeavesNoTemporaryFile()
    {
        string data = _folder.WriteRows("rows.jsonl");

        await RunAsync("--data", data, "--resamples", "20", "--out", _folder.At("r.json"), "--html", _folder.At("r.html"));

        Assert.Equal(["r.html", "r.json", "rows.jsonl"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        EvaluationResult result = Assert.Single(Report("r.json").Results);
        Assert.Equal(("rows", 60), (result.Dataset, result.Metrics.Rows));
    }

    [Fact]
    public async Task Run_Reports_HoldNoPromptAndEscapeNames()
    {
        string data = _folder.WriteRows("rows.jsonl");

        await RunAsync("--data", data, "--resamples", "0", "--out", _folder.At("r.json"), "--html", _folder.At("r.html"));

        string[] texts = [File.ReadAllText(_folder.At("r.json")), File.ReadAllText(_folder.At("r.html"))];
        Assert.All(texts, text => Assert.DoesNotContain("qqqq", text));
        Assert.DoesNotContain("</script><b>c1", texts[1]);
        Assert.Contains("</script><b>c1", Report("r.json").Results[0].Categories.Groups.Select(group => group.Name));
    }

    [Fact]
    public async Task Run_SameSeed_WritesTheSameFigures()
    {
        string data = _folder.WriteRows("rows.jsonl");

        await RunAsync("--data", data, "--resamples", "30", "--seed", "5", "--out", _folder.At("1.json"));
        await RunAsync("--data", data, "--resamples", "30", "--seed", "5", "--out", _folder.At("2.json"));

        Assert.Equal(Report("1.json").Results[0].Metrics, Report("2.json").Results[0].Metrics);
    }

    [Fact]
    public async Task Run_GuardsOfOneName_AreToldApartByFolder()
    {
        CliResult result = await RunAsync("--data", _folder.WriteRows("rows.jsonl"), "--resamples", "0", "--guard", "same/left", "same/right");

        Assert.Contains("same (left)", result.Output);
        Assert.Contains("same (right)", result.Output);
    }

    [Fact]
    public async Task Run_MissingFile_SaysSoInOneLine()
    {
        string path = _folder.At("none.jsonl");

        CliResult result = await RunAsync("--data", path);

        Assert.Equal((2, $"picket: error: {path}: no such file\n"), (result.Status, result.Error));
    }

    [Fact]
    public async Task Run_ReportInMissingFolder_FailsBeforeAnyGuardIsLoaded()
    {
        string path = _folder.At("none/r.json");

        CliResult result = await RunAsync("--data", _folder.WriteRows("rows.jsonl"), "--out", path);

        Assert.Equal((2, $"picket: error: {path}: no such directory\n"), (result.Status, result.Error));
        Assert.Empty(_guards);
    }

    [Fact]
    public async Task Run_Interrupted_LeavesTheOldReport()
    {
        string old = _folder.Write("r.json", "old");
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();

        CliResult result = await RunAsync(["--data", _folder.WriteRows("rows.jsonl"), "--out", old], coloured: false, interrupt.Token);

        Assert.Equal(130, result.Status);
        Assert.Equal("old", File.ReadAllText(old));
    }

    [Theory]
    [InlineData("--threshold", "1.5", "--threshold: expected a number in [0, 1]")]
    [InlineData("--threshold", "high", "--threshold: expected a number in [0, 1]")]
    [InlineData("--resamples", "-1", "--resamples: found -1, expected 0 to 1000000")]
    [InlineData("--batch", "0", "--batch: found 0, expected 1 to 65536")]
    public async Task Run_NumberOutOfRange_IsRefused(string option, string value, string message)
    {
        CliResult result = await RunAsync("--data", _folder.WriteRows("rows.jsonl"), option, value);

        Assert.Equal(2, result.Status);
        Assert.StartsWith($"picket: error: {message}\n", result.Error);
    }

    [Fact]
    public async Task Run_NoData_IsRefused()
    {
        Assert.Equal(2, (await RunAsync()).Status);
    }

    [Fact]
    public async Task Run_NobodyReadsTheOutput_WritesTheReportAllTheSame()
    {
        using var output = new ClosedPipe(writes: 0);
        var streams = new StandardStreams(Stream.Null, output, new StringWriter());
        string[] words = ["eval", "--data", _folder.WriteRows("rows.jsonl"), "--resamples", "0", "--out", _folder.At("r.json")];

        int status = await CommandLineApp.RunAsync(
            words, streams, [EvalCommand.Create(streams, LoadAsync)], TestContext.Current.CancellationToken);

        Assert.Equal(141, status);
        Assert.Equal(60, Report("r.json").Results[0].Metrics.Rows);
    }

    [Fact]
    public async Task Run_Coloured_DressesTheTableAndWipesItsProgress()
    {
        CliResult result = await RunAsync(
            ["--data", _folder.WriteRows("rows.jsonl"), "--resamples", "10", "--guard", "x"], coloured: true, TestContext.Current.CancellationToken);

        Assert.Contains("\e[", result.Output);
        Assert.Contains("x on rows: 60 rows", result.Error);
        Assert.EndsWith("\r\e[K", result.Error);
    }

    public void Dispose() => _folder.Dispose();

    private EvaluationReport Report(string name) => EvaluationJson.Deserialize(File.ReadAllText(_folder.At(name)));

    private Task<CliResult> RunAsync(params string[] words) =>
        RunAsync(words.Contains("--guard") ? words : [.. words, "--guard", "x"], coloured: false, TestContext.Current.CancellationToken);

    private async Task<CliResult> RunAsync(string[] words, bool coloured, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error) { Coloured = coloured, ErrorColoured = coloured };
        int status = await CommandLineApp.RunAsync(["eval", .. words], streams, [EvalCommand.Create(streams, LoadAsync)], cancellationToken);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private ValueTask<IGuard> LoadAsync(string? place, bool normalise, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var guard = new LengthGuard(place!.Split('/')[0]);
        _guards.Add(guard);
        return new(guard);
    }
}
