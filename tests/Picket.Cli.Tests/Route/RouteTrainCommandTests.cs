using Picket.Models.Routing;

namespace Picket.Cli.Tests.Route;

public sealed class RouteTrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("bayes")]
    [InlineData("mlp")]
    [InlineData("logistic")]
    [InlineData("prototype")]
    [InlineData("two-headed")]
    [InlineData("entropy")]
    [InlineData("entropy-ts")]
    [InlineData("entropy-bc")]
    [InlineData("entropy-cc", "--small", "small")]
    [InlineData("random")]
    [InlineData("always")]
    [InlineData("never")]
    public async Task Run_AnyKind_WritesARouterThatDecides(string kind, params string[] more)
    {
        string rows = await RouteCli.RoutesAsync(_folder, "learn", 0, 160);

        CliResult result = await RouteCli.RunAsync(["train", "--rows", rows, "--kind", kind, "--epochs", "2", "--out", _folder.At("r.json"), .. more]);

        Assert.Equal((0, ""), (result.Status, result.Error));
        RouterModel model = RouterFile.Load(_folder.At("r.json"));
        Assert.Equal("small", model.Manifest.Guard);
        Assert.InRange(model.CreateRouter().Decide(new GuardScore(0.4, new float[] { 1, 0, 0 })).HardProbability, 0, 1);
    }

    [Theory]
    [InlineData("--kind: expected one of bayes, mlp, logistic", "--kind", "deep")]
    [InlineData("--small: expected it with --kind entropy-cc, and only there", "--kind", "entropy-cc")]
    [InlineData("--small: expected it with --kind entropy-cc, and only there", "--small", "small")]
    [InlineData("--epochs: expected 1 to 100000, found 0", "--epochs", "0")]
    public async Task Run_WordOutOfRange_IsRefused(string message, string option, string value)
    {
        CliResult result = await RouteCli.RunAsync("train", "--rows", "x", "--out", _folder.At("r.json"), option, value);

        Assert.Equal(2, result.Status);
        Assert.StartsWith($"picket: error: {message}", result.Error);
    }

    [Fact]
    public async Task Run_RowsThatAreMissing_IsOneLine() => await FailsAsync("absent.jsonl: cannot be read", "absent.jsonl");

    [Fact]
    public async Task Run_RowsWithoutAHardOne_IsOneLine()
    {
        string data = _folder.Write("easy.jsonl", string.Concat(Enumerable.Range(0, 30).Select(
            static i => $$"""{"id":"r{{i}}","prompt":"u{{i % 2}} h0 n{{i}}","unsafe":{{i % 2}}}""" + "\n")));
        await RouteCli.RunAsync("label", "--data", data, "--small", "small", "--large", "large", "--out", _folder.At("easy-routes.jsonl"));

        await FailsAsync("expected rows where the small guard is wrong and the large one right to learn from", _folder.At("easy-routes.jsonl"));
    }

    [Fact]
    public async Task Run_TooFewRows_IsOneLine() => await FailsAsync("give more data", await RouteCli.RoutesAsync(_folder, "few", 0, 6));

    [Fact]
    public async Task Run_RowsOfAnotherGuard_NamesBoth()
    {
        string rows = await RouteCli.RoutesAsync(_folder, "learn", 0, 40);
        string data = RouteCli.Rows(_folder, "other.jsonl", 100, 40);
        string other = _folder.At("other-routes.jsonl");
        await RouteCli.RunAsync("label", "--data", data, "--small", "large", "--large", "large", "--out", other);

        await FailsAsync("expected rows of small and large with 3 features", rows, other);
    }

    public void Dispose() => _folder.Dispose();

    private async Task FailsAsync(string message, params string[] rows)
    {
        CliResult result = await RouteCli.RunAsync(["train", "--epochs", "1", "--out", _folder.At("r.json"), "--rows", .. rows]);

        Assert.Equal(2, result.Status);
        Assert.Contains(message, result.Error);
        Assert.DoesNotContain('\n', result.Error.TrimEnd());
        Assert.False(File.Exists(_folder.At("r.json")));
    }
}
