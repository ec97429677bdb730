using Picket.Cli.Tests.Augment;

namespace Picket.Cli.Tests.Route;

public sealed class RouteParaphraseCommandTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalServer _server = new() { Says = static _ => "prompt: said anew n7 response: None" };

    [Fact]
    public async Task Run_Server_GivesRowsThatLabelScoresWithTheirParents()
    {
        string data = RouteCli.Rows(_folder, "a.jsonl", 0, 40);
        string more = _folder.At("more.jsonl");

        CliResult made = await RouteCli.RunAsync(
            "paraphrase", "--data", data, "--generator", _server.Address, "--generator-prices", "1,2", "--copies", "2", "--out", more);
        CliResult labelled = await RouteCli.RunAsync(
            "label", "--data", more, "--small", "small", "--large", "large", "--out", _folder.At("r.jsonl"));

        Assert.Equal((0, 0), (made.Status, labelled.Status));
        int count = File.ReadAllLines(more).Length;
        Assert.Contains($"{count - 40} paraphrases of {count - 40} answers", made.Output);
        Assert.Contains("cost of this run: 0.00", made.Output);
        Assert.Contains($"{count} rows, ", labelled.Output);
    }

    [Theory]
    [InlineData("--copies", "0", "--copies: expected 1 to 100, found 0")]
    [InlineData("--held-out-share", "0.7", "--held-out-share: expected 0 to 0.5, found 0.7")]
    [InlineData("--seed", "1", "--generator: expected the address of a server that writes the paraphrases, found none")]
    public async Task Run_WordOutOfRange_IsRefused(string option, string value, string message)
    {
        string[] server = option == "--seed" ? [] : ["--generator", _server.Address];

        CliResult result = await RouteCli.RunAsync(["paraphrase", "--data", "x", "--out", "y", .. server, option, value]);

        Assert.Equal((2, $"picket: error: {message}\n"), (result.Status, result.Error[..(message.Length + 16)]));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
