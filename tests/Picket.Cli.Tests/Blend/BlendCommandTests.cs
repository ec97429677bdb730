using System.Text;
using Picket.Models;
using Picket.Models.Bundles;

namespace Picket.Cli.Tests.Blend;

public sealed class BlendCommandTests(BlendGuards guards) : IClassFixture<BlendGuards>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Blend_OtherRows_WritesABundleThatScores()
    {
        CliResult run = await BlendAsync("copied", "--data", guards["other.jsonl"], "--name", "both", "--threads", "1");

        Assert.Equal((0, $"{guards["other.jsonl"]}: 300 rows, {Unsafe(run)} unsafe\n"), (run.Status, run.Error));
        await using IGuard guard = await GuardLoader.LoadAsync(guards["copied"], cancellationToken: Token);
        Assert.Equal(new GuardDescription("both", "blend", 16), guard.Description);
        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync([new("today is rain"), new("today is bread")], Token);
        Assert.True(scores[0].UnsafeProbability > scores[1].UnsafeProbability);
    }

    [Fact]
    public async Task Blend_OtherRows_TellsMembersWeightsAndFigures()
    {
        CliResult run = await BlendAsync("told", "--data", guards["other.jsonl"]);

        Assert.All(
            ["small (one)", "small (two)", "picket-blend", "blend, offset ", "AUPRC", "Log loss", "by 5-fold cross-validation"],
            word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
        Assert.Equal($"wrote {guards["told"]}", run.Lines[^1]);
    }

    [Fact]
    public async Task Blend_HeldOutOnly_BlendsOnTheTrainingFile()
    {
        CliResult run = await BlendAsync("held", "--data", guards["train.jsonl"], "--held-out-only", "0.25");

        Assert.Equal(0, run.Status);
        Assert.Contains("rows of the held-out share of 0.25, ", run.Output, StringComparison.Ordinal);
        Assert.InRange(Bundle.Open(guards["held"]).Manifest.Training!.Value.GetProperty("data")[0].GetProperty("rows").GetInt32(), 50, 100);
    }

    [Theory]
    [InlineData]
    [InlineData("--held-out-only", "0.3")]
    public async Task Blend_RowsThatTheGuardsLearnedFrom_IsRefused(params string[] words)
    {
        CliResult run = await BlendAsync("learned", ["--data", guards["train.jsonl"], .. words]);

        Assert.Equal(2, run.Status);
        Assert.Contains($"{Path.Combine(guards["one"], "guard.json")}, field \"training\": ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(guards["learned"]));
    }

    [Fact]
    public async Task Blend_Link_LeavesTheMembersWhereTheyAre()
    {
        CliResult run = await BlendAsync("linked", "--data", guards["other.jsonl"], "--link");

        Assert.Equal(0, run.Status);
        Assert.Equal(["guard.json"], Directory.GetFileSystemEntries(guards["linked"]).Select(Path.GetFileName));
        Assert.Equal(["../one", "../two"], Bundle.Open(guards["linked"]).Manifest.Blend!.Members.Select(static member => member.Bundle));
    }

    [Fact]
    public async Task Blend_LabelsTheOtherWayRound_WritesNothingAndSaysWhy()
    {
        CliResult run = await BlendAsync("turned", "--data", guards.Write("turned.jsonl", 4, turned: true));

        Assert.Equal(2, run.Status);
        Assert.Contains("small (one) is left out: its weight came out below 0", run.Output, StringComparison.Ordinal);
        Assert.Contains("expected two guards or more with a weight above 0, found none", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(guards["turned"]));
    }

    [Fact]
    public async Task Blend_FaultyWords_AreToldTogether()
    {
        CliResult run = await RunAsync(
            ["blend", "https://guard.example", "--data", "x", "--out", "y", "--name", " ", "--held-out-only", "0.7", "--threads", "-1"]);

        Assert.Equal(2, run.Status);
        Assert.All(
            [
                "--name: expected 1 to 200 characters", "--held-out-only: expected above 0 to 0.5, found 0.7", "--threads: expected 0 to 1024, found -1",
                "GUARD: expected 2 to 16 bundles, found 1", "found the address https://guard.example", "picket blend --help tells more",
            ],
            line => Assert.Contains(line, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Blend_OccupiedFolder_IsRefusedBeforeTheDataAreRead()
    {
        CliResult run = await BlendAsync("one", "--data", guards["absent.jsonl"]);

        Assert.Equal(2, run.Status);
        Assert.StartsWith($"picket: error: {guards["one"]}: expected no folder or an empty one", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blend_Cancelled_EndsAsInterruptedAndLeavesNothing()
    {
        CliResult run = await RunAsync(
            ["blend", guards["one"], guards["two"], "--data", guards["other.jsonl"], "--out", guards["cancelled"]], new CancellationToken(canceled: true));

        Assert.Equal(130, run.Status);
        Assert.False(Directory.Exists(guards["cancelled"]));
    }

    [Fact]
    public async Task Blend_Help_ListsTheOptions()
    {
        CliResult run = await RunAsync(["blend", "--help"]);

        Assert.Equal(0, run.Status);
        Assert.All(
            ["GUARD", "--data", "--out", "--name", "--held-out-only", "--link", "--threads"],
            word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    private static string Unsafe(CliResult run) => run.Output.Split(" rows, ")[1].Split(' ')[0];

    private Task<CliResult> BlendAsync(string target, params string[] words) =>
        RunAsync(["blend", guards["one"], guards["two"], "--out", guards[target], .. words]);

    private static async Task<CliResult> RunAsync(string[] line, CancellationToken? cancellationToken = null)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        int status = await CommandLineApp.RunAsync(line, streams, [BlendCommand.Create(streams)], cancellationToken ?? Token);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
