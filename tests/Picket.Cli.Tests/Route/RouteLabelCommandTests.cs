namespace Picket.Cli.Tests.Route;

public sealed class RouteLabelCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_BothGuards_SaysHowManyRowsAreHardAndWritesNoText()
    {
        string data = RouteCli.Rows(_folder, "a.jsonl", 0, 80);

        CliResult result = await RouteCli.RunAsync(
            "label", "--data", data, "--small", "small", "--large", "large", "--out", _folder.At("r.jsonl"));

        Assert.Equal(0, result.Status);
        Assert.Contains("80 rows, 40 unsafe, of which large catches 40 and small misses 10 of those", result.Output);
        Assert.Contains("oracle 1.000 with 25.0 % of the rows: 20 are hard", result.Output);
        Assert.DoesNotContain("qq", File.ReadAllText(_folder.At("r.jsonl")));
    }

    [Theory]
    [InlineData("--folds", "1", "--folds: found 1, expected 0 or 2 to 100")]
    [InlineData("--batch", "0", "--batch: found 0, expected 1 to 65536")]
    public async Task Run_NumberOutOfRange_IsRefused(string option, string value, string message)
    {
        CliResult result = await RouteCli.RunAsync("label", "--data", "x", "--small", "small", "--large", "large", "--out", "r.jsonl", option, value);

        Assert.Equal(2, result.Status);
        Assert.StartsWith($"picket: error: {message}\n", result.Error);
    }

    [Fact]
    public async Task Run_RowsInTheGuardsCard_AreRefusedUnlessAllowed()
    {
        string data = RouteCli.Rows(_folder, "a.jsonl", 0, 40);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(data)));
        string small = Path.GetDirectoryName(_folder.Write("g/guard.json",
            $$$"""{"format":1,"kind":"ngram","name":"g","files":{},"training":{"data":[{"name":"a","sha256":"{{{hash}}}"}]}}"""))!;
        string[] words = ["label", "--data", data, "--small", small, "--large", "large", "--out", _folder.At("r.jsonl")];

        CliResult refused = await RouteCli.RunAsync(words);
        CliResult allowed = await RouteCli.RunAsync([.. words, "--allow-seen"]);

        Assert.Equal((2, 0), (refused.Status, allowed.Status));
        Assert.Contains("the small guard g learned from 40 of these rows", refused.Error);
        Assert.Contains("warning: the small guard g learned from 40 of these rows", allowed.Error);
    }

    [Fact]
    public async Task Run_HeldOutOnly_TakesThoseRows()
    {
        string data = RouteCli.Rows(_folder, "a.jsonl", 0, 200);
        string[] words = ["label", "--data", data, "--small", "small", "--large", "large", "--out", _folder.At("r.jsonl")];

        CliResult result = await RouteCli.RunAsync([.. words, "--held-out-only", "0.25"]);

        Assert.Equal(0, result.Status);
        Assert.InRange(File.ReadAllLines(_folder.At("r.jsonl")).Length - 1, 25, 75);
    }

    [Theory]
    [InlineData("", "e.jsonl: is empty")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"u0 h0 n1\"}\n", "expected labelled rows, found none")]
    public async Task Run_NoLabelledRow_IsRefused(string rows, string message)
    {
        CliResult result = await RouteCli.RunAsync(
            "label", "--data", _folder.Write("e.jsonl", rows), "--small", "small", "--large", "large", "--out", _folder.At("r.jsonl"));

        Assert.Equal(2, result.Status);
        Assert.Contains(message, result.Error);
    }

    [Fact]
    public async Task Run_FoldsOfAGuardThatIsNoFolder_IsRefused()
    {
        string data = RouteCli.Rows(_folder, "a.jsonl", 0, 40);

        CliResult result = await RouteCli.RunAsync(
            "label", "--data", data, "--small", "small", "--large", "large", "--folds", "2", "--out", _folder.At("r.jsonl"));

        Assert.Equal(2, result.Status);
        Assert.Contains("--folds: expected the folder of an n-gram guard as the small guard, found small", result.Error);
    }

    public void Dispose() => _folder.Dispose();
}
