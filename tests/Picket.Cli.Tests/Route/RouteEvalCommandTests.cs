using System.Text.Json;

namespace Picket.Cli.Tests.Route;

public sealed class RouteEvalCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_LearnedRouter_ComparesItWithTheBaselinesWithin120Columns()
    {
        (string router, string rows) = await ReadyAsync();

        CliResult result = await RouteCli.RunAsync(
            "eval", "--rows", rows, "--router", router, "--resamples", "20",
            "--small-ms", "1", "--large-ms", "10", "--large-cost", "3", "--small-cost", "0");

        Assert.Equal((0, ""), (result.Status, result.Error));
        Assert.Contains("120 rows of 120 prompts, 60 unsafe, 30 hard", result.Output);
        Assert.All(["small alone", "large alone", "entropy", "random", "router", "oracle"], name => Assert.Contains($" {name} ", result.Output));
        Assert.All(result.Lines, static line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Fact]
    public async Task Run_Reports_HoldTheFiguresAndNoText()
    {
        (string router, string rows) = await ReadyAsync();

        await RouteCli.RunAsync(
            "eval", "--rows", rows, "--router", router, "--resamples", "20", "--out", _folder.At("r.json"), "--html", _folder.At("r.html"));

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder.At("r.json")));
        JsonElement[] results = [.. report.RootElement.GetProperty("results").EnumerateArray()];
        Assert.Equal(["entropy", "random", "router", "oracle"], results.Select(static result => result.GetProperty("router").GetString()));
        Assert.Equal(1, results[2].GetProperty("own").GetProperty("routing_f1").GetDouble());
        Assert.True(results[2].GetProperty("over_entropy").GetProperty("low").GetDouble() > 0);
        Assert.Equal(3, results[2].GetProperty("parts").EnumerateArray().Count(static part => part.GetProperty("by").GetString() == "category"));
        Assert.All(["r.json", "r.html"], name => Assert.DoesNotContain(" qq", File.ReadAllText(_folder.At(name))));
    }

    [Fact]
    public async Task Run_TextsAndGuards_MeasuresEditsAndPoisoning()
    {
        (string router, string rows) = await ReadyAsync();

        CliResult result = await RouteCli.RunAsync(
            "eval", "--rows", rows, "--router", router, "--resamples", "0", "--share", "0.1", "--out", _folder.At("r.json"),
            "--small", "small", "--large", "large", "--data", _folder.At("test.jsonl"),
            "--learn-rows", _folder.At("learn-routes.jsonl"), "--learn-data", _folder.At("learn.jsonl"));

        Assert.Equal((0, ""), (result.Status, result.Error));
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder.At("r.json")));
        Assert.All(report.RootElement.GetProperty("flips").EnumerateArray(), static flips => Assert.Equal(0, Hits(flips, "flipped")));
        JsonElement[] poisoned = [.. report.RootElement.GetProperty("poisoning").EnumerateArray()];
        Assert.Equal([0, 2, 10, 20], poisoned.Select(static poison => poison.GetProperty("rows").GetInt32()));
        Assert.True(Hits(poisoned[0], "escalated_with_phrase") > Hits(poisoned[3], "escalated_with_phrase"));

        static int Hits(JsonElement element, string name) => element.GetProperty(name).GetProperty("hits").GetInt32();
    }

    [Fact]
    public async Task Run_RowsThatTheRouterLearnedFrom_Warns()
    {
        (string router, _) = await ReadyAsync();

        CliResult result = await RouteCli.RunAsync("eval", "--rows", _folder.At("learn-routes.jsonl"), "--router", router, "--resamples", "0");

        Assert.Contains("the router learned from these rows: its figures flatter it", result.Error);
    }

    [Theory]
    [InlineData("--share", "1", "--share: found 1, expected a number between 0 and 1")]
    [InlineData("--resamples", "-1", "--resamples: found -1, expected 0 to 1000000")]
    [InlineData("--small-ms", "-1", "--small-ms: found -1, expected 0 or more")]
    [InlineData("--data", "x", "--data: expected --small to score the texts, found none")]
    public async Task Run_WordsThatDoNotGoTogether_AreRefused(string option, string value, string message)
    {
        CliResult result = await RouteCli.RunAsync("eval", "--rows", "x", option, value);

        Assert.Equal(2, result.Status);
        Assert.StartsWith($"picket: error: {message}\n", result.Error);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(string Router, string Rows)> ReadyAsync()
    {
        string learn = await RouteCli.RoutesAsync(_folder, "learn", 0, 200);
        string router = _folder.At("router.json");
        await RouteCli.RunAsync("train", "--rows", learn, "--kind", "logistic", "--no-region", "--out", router);
        return (router, await RouteCli.RoutesAsync(_folder, "test", 1000, 120));
    }
}
