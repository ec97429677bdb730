using System.Text;
using Picket.Models.Bundles;
using Picket.Models.Tests.Quantisation;

namespace Picket.Cli.Tests.Quantise;

public sealed class QuantiseCommandTests : IDisposable
{
    private readonly RandomGuard _guard = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quantise_WithoutCalibration_WritesAndSaysThatNothingWasMeasured()
    {
        CliResult run = await RunAsync();

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("guard-int8", run.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was measured: give texts with --calibration", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 9", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"wrote {_guard.Out}\n", run.Output, StringComparison.Ordinal);
        Bundle.Open(_guard.Out).Verify(Token);
    }

    [Fact]
    public async Task Quantise_SpoiltMap_TellsWhatItKeepsAndWhy()
    {
        _guard.Spoil();

        CliResult run = await RunAsync("--calibration", _guard.WriteTexts());

        Assert.Equal(0, run.Status);
        Assert.Contains("1 of 9", run.Output, StringComparison.Ordinal);
        Assert.Contains("measured on 10 rows of texts.jsonl", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{RandomGuard.Layer}.intermediate.dense is left in fp32: quantised alone", run.Output, StringComparison.Ordinal);
        Assert.Contains("above the tolerance, 0.1", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{RandomGuard.Layer}.intermediate.dense in fp32: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', run.Error);
    }

    [Fact]
    public async Task Quantise_OnATerminal_ShowsABarAndWipesIt()
    {
        CliResult run = await RunAsync(terminal: true, words: ["--calibration", _guard.WriteTexts(), "--tolerance", "9", "--calibration-rows", "3"]);

        Assert.Contains("% ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\r\e[K[", run.Error, StringComparison.Ordinal);
        Assert.Contains("within the tolerance, 9", run.Error, StringComparison.Ordinal);
        Assert.Contains("measured on 3 rows of texts.jsonl", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('[', run.Error.Split("\r\e[K")[^1]);
    }

    [Fact]
    public async Task Quantise_Fp16WithName_WritesThem()
    {
        CliResult run = await RunAsync("--weights", "fp16", "--name", "half", "--threads", "1");

        Assert.Equal(0, run.Status);
        GuardManifest manifest = Bundle.Open(_guard.Out).Manifest;
        Assert.Equal(("half", "fp16"), (manifest.Name, manifest.Deberta!.Weights));
    }

    [Fact]
    public async Task Quantise_FaultyValues_AreToldTogether()
    {
        CliResult run = await RunAsync("--weights", "int4", "--calibration-rows", "0", "--tolerance", "-1", "--name", " ", "--threads", "-1");

        Assert.Equal(2, run.Status);
        Assert.All(
            [
                "--weights: expected int8 or fp16, found int4", "--calibration-rows: expected 1 to 1000000, found 0",
                "--tolerance: expected a number from 0 on, found -1", "expected a --calibration file to measure on, found none",
                "--name: expected a name", "--threads: expected 0 to 1024, found -1", "picket quantise --help tells more",
            ],
            line => Assert.Contains(line, run.Error, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_guard.Out));
    }

    [Fact]
    public async Task Quantise_IntoAFolderWithFiles_IsRefusedInOneLine()
    {
        Directory.CreateDirectory(_guard.Out);
        await File.WriteAllTextAsync(Path.Combine(_guard.Out, "notes.txt"), "mine", Token);

        CliResult run = await RunAsync();

        Assert.Equal(2, run.Status);
        Assert.StartsWith($"picket: error: {_guard.Out}: expected no folder or an empty one", Assert.Single(Lines(run.Error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Quantise_MissingFile_IsNamedAndNothingIsWritten(bool calibration)
    {
        string absent = _guard.Scratch["absent"];

        CliResult run = calibration ? await RunAsync("--calibration", absent) : await RunLineAsync(false, ["quantise", absent, _guard.Out]);

        Assert.Equal(2, run.Status);
        Assert.Contains(absent, Assert.Single(Lines(run.Error)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_guard.Out));
    }

    [Fact]
    public async Task Quantise_WithoutOut_SaysThatItIsRequired()
    {
        CliResult run = await RunLineAsync(false, ["quantise", _guard.Path]);

        Assert.Equal(2, run.Status);
        Assert.Contains("quantise", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quantise_Cancelled_EndsAsInterruptedAndLeavesNothing()
    {
        CliResult run = await RunLineAsync(false, ["quantise", _guard.Path, _guard.Out], new CancellationToken(canceled: true));

        Assert.Equal(130, run.Status);
        Assert.Equal(["guard"], Directory.GetFileSystemEntries(_guard.Scratch[""]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Quantise_Help_ListsTheOptionsAndTheCost()
    {
        CliResult run = await RunLineAsync(false, ["quantise", "--help"]);

        Assert.Equal(0, run.Status);
        Assert.All(
            ["--weights", "--calibration", "--calibration-rows", "--tolerance", "--name", "DIR", "OUT", "scoring the rows twice"],
            word => Assert.Contains(word, run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal));
    }

    public void Dispose() => _guard.Dispose();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<CliResult> RunAsync(params string[] words) => RunAsync(terminal: false, words);

    private Task<CliResult> RunAsync(bool terminal, string[] words) => RunLineAsync(terminal, ["quantise", _guard.Path, _guard.Out, .. words]);

    private static async Task<CliResult> RunLineAsync(bool terminal, string[] line, CancellationToken? cancellationToken = null)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error) { ErrorIsTerminal = terminal };
        int status = await CommandLineApp.RunAsync(line, streams, [QuantiseCommand.Create(streams)], cancellationToken ?? Token);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
