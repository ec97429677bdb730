using System.Text;
using System.Text.Json;

namespace Picket.Cli.Tests.Label;

public sealed class LabelCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FakeGuard _teacher = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Out => _folder.At("out.jsonl");

    [Fact]
    public async Task Label_Rows_AreLabelledAndCompared()
    {
        CliResult run = await RunAsync("label", Rows(), "--out", Out);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("fake labelled 40 rows at threshold 0.5: 20 unsafe (50.0 %)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Agreement", run.Output, StringComparison.Ordinal);
        Assert.Contains("The most surprising rows", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Wrote {Out}\n", run.Output, StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.True(line.TrimEnd().Length <= 120, $"{line.Length} columns"));
        string[] lines = await File.ReadAllLinesAsync(Out, Token);
        Assert.Equal("""{"id":"r1","prompt":"bad bread 1","unsafe":1,"unsafe_probability":0.9,"category":"c1","source":"s1"}""", lines[1]);
        Assert.True(_teacher.Disposed);
    }

    [Fact]
    public async Task Label_KeepLabelsAndThreshold_AreFollowed()
    {
        CliResult run = await RunAsync("label", Rows(), "--out", Out, "--keep-labels", "--threshold", "0.95");

        Assert.Contains("threshold 0.95: 0 unsafe", run.Output, StringComparison.Ordinal);
        string[] lines = await File.ReadAllLinesAsync(Out, Token);
        Assert.Equal(10, lines.Count(line => line.Contains("\"unsafe\":1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Label_RowsWithoutLabels_SaysThatThereIsNothingToCompare()
    {
        string rows = _folder.Write("plain.jsonl", """{"prompt":"good bread"}""" + "\n");

        CliResult run = await RunAsync("label", rows, "--out", Out, "--report", _folder.At("r.html"));

        Assert.Contains("no row had a label to compare with", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.At("r.html")));
    }

    [Fact]
    public async Task Label_Reports_HoldFiguresAndIdsAndNoText()
    {
        string json = _folder.At("r.json"), page = _folder.At("r.html");

        CliResult run = await RunAsync("label", Rows(), "--out", Out, "--report", json, "--report", page, "--surprising", "3");

        Assert.EndsWith($"Wrote {Out}\nWrote {json}\nWrote {page}\n", run.Output, StringComparison.Ordinal);
        string figures = await File.ReadAllTextAsync(json, Token);
        using var report = JsonDocument.Parse(figures);
        Assert.Equal(30, report.RootElement.GetProperty("overall").GetProperty("disagreeing").GetInt32());
        Assert.Equal(
            ["r0", "r1", "r3"],
            report.RootElement.GetProperty("surprising").EnumerateArray().Select(row => row.GetProperty("id").GetString()!).Order());
        Assert.All(
            [figures, await File.ReadAllTextAsync(page, Token), run.Output],
            text => Assert.DoesNotContain("bread", text, StringComparison.Ordinal));
        Assert.Contains("\"surprising\":[", await File.ReadAllTextAsync(page, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_OnATerminal_ShowsABarAndWipesIt()
    {
        CliResult run = await RunAsync(["label", Rows(), "--out", Out, "--batch", "4"], terminal: true);

        Assert.Contains("\r\e[K[", run.Error, StringComparison.Ordinal);
        Assert.Contains("of 40 rows", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("\r\e[K", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_Interrupted_KeepsWhatIsScoredAndContinues()
    {
        using var caller = new CancellationTokenSource();
        int calls = 0;
        _teacher = new FakeGuard
        {
            Before = async (_, stop) =>
            {
                await (++calls == 4 ? caller.CancelAsync() : Task.CompletedTask);
                stop.ThrowIfCancellationRequested();
            },
        };
        string[] words = ["label", Rows(), "--out", Out, "--batch", "4", "--threads", "1"];

        CliResult first = await RunAsync(words, stop: caller.Token);
        _teacher = new FakeGuard();
        CliResult second = await RunAsync(words);

        Assert.Equal(130, first.Status);
        Assert.Contains($"rows are scored and kept in {Out}.journal; the same command continues", first.Error, StringComparison.Ordinal);
        Assert.Equal((0, 28), (second.Status, _teacher.Scored));
        Assert.Equal($"continuing from {Out}.journal: 12 of 40 rows are scored\n", second.Error);
        Assert.Equal(40, (await File.ReadAllLinesAsync(Out, Token)).Length);
    }

    [Fact]
    public async Task Label_ThresholdOfAnEarlierRun_IsNotExchanged()
    {
        int calls = 0;
        _teacher = new FakeGuard { Before = (_, _) => ++calls == 2 ? throw new PicketException("the server has gone") : Task.CompletedTask };
        string[] words = ["label", Rows(), "--out", Out, "--batch", "4", "--threads", "1"];

        CliResult first = await RunAsync(words);
        CliResult second = await RunAsync([.. words, "--threshold", "0.4"]);

        Assert.Equal((2, 2), (first.Status, second.Status));
        Assert.Contains("picket: error: the server has gone\n", first.Error, StringComparison.Ordinal);
        Assert.Contains("it belongs to the threshold 0.5, not 0.4; remove it", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_FaultyWords_AreToldTogether()
    {
        string rows = Rows();
        CliResult run = await RunAsync(
            "label", rows, "--out", rows, "--batch", "0", "--threads", "-1", "--threshold", "2", "--surprising", "-1", "--report", "r.txt");

        Assert.Equal(2, run.Status);
        Assert.All(
            [
                "--batch: expected 1 to 65536, found 0", "--threads: expected 0 to 1024, found -1", "--threshold: expected a number in [0, 1]",
                "--surprising: expected 0 to 10000, found -1", "--report: expected a name that ends in .json or .html, found r.txt",
                $"FILE and --out: expected different files, found one: {rows}", "picket label --help tells more",
            ],
            line => Assert.Contains(line, run.Error, StringComparison.Ordinal));
        Assert.Equal(40, (await File.ReadAllLinesAsync(rows, Token)).Length);
    }

    [Theory]
    [InlineData("out.jsonl.journal")]
    [InlineData("link.jsonl")]
    public async Task Label_InputByAnotherName_IsNotOverwritten(string output)
    {
        string rows = Rows(output == "link.jsonl" ? "rows.jsonl" : output);
        File.CreateSymbolicLink(_folder.At("link.jsonl"), rows);

        CliResult run = await RunAsync("label", rows, "--out", output == "link.jsonl" ? _folder.At(output) : Out);

        Assert.Equal(2, run.Status);
        Assert.Contains("expected different files", run.Error, StringComparison.Ordinal);
        Assert.Equal(40, (await File.ReadAllLinesAsync(rows, Token)).Length);
    }

    [Theory]
    [InlineData("absent.jsonl", "out.jsonl", "absent.jsonl: no such file")]
    [InlineData("rows.jsonl", "absent/out.jsonl", "out.jsonl: no such directory")]
    [InlineData("bad.jsonl", "out.jsonl", "bad.jsonl, line 2, field \"prompt\": is missing")]
    public async Task Label_BadFile_IsOneClearLine(string input, string output, string expected)
    {
        Rows();
        _folder.Write("bad.jsonl", "{\"prompt\":\"bread\"}\n{\"id\":\"x\"}\n");

        CliResult run = await RunAsync("label", _folder.At(input), "--out", _folder.At(output));

        Assert.Equal(2, run.Status);
        Assert.EndsWith(expected + "\n", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["bad.jsonl", "rows.jsonl"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Label_Help_NamesServersKeyAndResuming()
    {
        CliResult run = await RunAsync("label", "--help");

        Assert.All(
            ["PICKET_API_KEY", "POST /v1/moderations", "--keep-labels", "the same command continues", "GUARD"],
            word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Forty rows: the odd ones are bad and labelled safe, every other of the even ones is good and labelled unsafe.</summary>
    private string Rows(string name = "rows.jsonl") => _folder.Write(name, string.Concat(Enumerable.Range(0, 40).Select(i =>
    {
        string prompt = i % 2 == 1 ? $"bad bread {i}" : $"good bread {i}";
        int label = i % 4 == 0 ? 1 : 0;
        return $$"""{"id":"r{{i}}","prompt":"{{prompt}}","unsafe":{{label}},"category":"c{{i % 3}}","source":"s{{i % 2}}"}""" + "\n";
    })));

    private Task<CliResult> RunAsync(params string[] words) => RunAsync(words, terminal: false);

    private async Task<CliResult> RunAsync(string[] words, bool terminal = false, CancellationToken? stop = null)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error) { ErrorIsTerminal = terminal };
        int status = await CommandLineApp.RunAsync(words, streams, [LabelCommand.Create(streams, (_, _, _) => new(_teacher))], stop ?? Token);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
