using System.Text;
using System.Text.Json;
using Picket.Models;

namespace Picket.Cli.Tests.Bench;

public sealed class BenchCommandTests
{
    private static readonly string[] s_quick = ["--tokens", "4", "--batch", "2", "3", "--runs", "1"];

    [Theory]
    [InlineData("fp32")]
    [InlineData("int8")]
    public async Task Bench_RandomWeights_GivesEachRowItsFigures(string weights)
    {
        CliResult run = await BenchAsync(["--shape", "deberta-v3-xsmall", "--weights", weights, "--json", .. s_quick]);

        Assert.Equal((0, ""), (run.Status, run.Error));
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal($"deberta-v3-xsmall {weights}", report.RootElement.GetProperty("name").GetString());
        JsonElement[] rows = [.. report.RootElement.GetProperty("rows").EnumerateArray()];
        Assert.Equal(["4", "8x64", "mixed", "mixed-singly"], rows.Select(static row => row.GetProperty("name").GetString()));
        Assert.All(rows, static row => Assert.True(row.GetProperty("ms").GetDouble() > 0 && row.GetProperty("gflops").GetDouble() > 0));
    }

    [Fact]
    public async Task Bench_RateAndTime_AgreeWithTheOperationsOfTheShape()
    {
        CliResult run = await BenchAsync(["--shape", "deberta-v3-xsmall", "--json", .. s_quick]);

        // 12 layers, hidden 384, feed-forward 1,536, 512 positions; two operations a multiply-add.
        double operations = 2 * 12 * 512 * ((4 * 384.0 * 384) + (2 * 384.0 * 1536) + (384 * 2.0 * (64 + 512)));
        using var report = JsonDocument.Parse(run.Output);
        JsonElement row = report.RootElement.GetProperty("rows")[1];
        Assert.Equal(operations / 1e6, row.GetProperty("gflops").GetDouble() * row.GetProperty("ms").GetDouble(), 1e-6 * operations / 1e6);
        Assert.Equal(512_000, row.GetProperty("tokens_per_second").GetDouble() * row.GetProperty("ms").GetDouble(), 1e-3);
    }

    [Fact]
    public async Task Bench_EmbeddedGuard_HasATableWithoutOperations()
    {
        CliResult run = await BenchAsync(s_quick);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("picket-ngram", run.Lines[0], StringComparison.Ordinal);
        Assert.Single(run.Lines, static line => line.Contains("mixed-singly", StringComparison.Ordinal) && line.Contains(" - ", StringComparison.Ordinal));
        Assert.Contains("MB resident", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_BadOptions_AreNamedAllTogether()
    {
        CliResult run = await BenchAsync(["--shape", "huge", "--tokens", "0", "--runs", "0", "--simd", "100", "--threads", "-1", "--weights", "fp8"]);

        Assert.Equal(2, run.Status);
        foreach (string name in (string[])["--shape", "--tokens", "--runs", "--simd", "--threads", "--weights"])
        {
            Assert.Contains($"{name}: expected", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bench_WeightsOfAGuard_AreRefused()
    {
        CliResult run = await BenchAsync(["--weights", "int8"]);

        Assert.Equal(2, run.Status);
        Assert.Contains("--weights: expected with --shape only", run.Error, StringComparison.Ordinal);
    }

    private static async Task<CliResult> BenchAsync(string[] words)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        int status = await CommandLineApp.RunAsync(
            ["bench", .. words], streams, [BenchCommand.Create(streams, GuardLoader.LoadAsync)], TestContext.Current.CancellationToken);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
