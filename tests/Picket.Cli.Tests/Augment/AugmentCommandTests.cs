using System.Text;
using System.Text.Json;

namespace Picket.Cli.Tests.Augment;

public sealed class AugmentCommandTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalServer _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Out => _folder.At("out.jsonl");

    private string[] Words =>
        ["augment", Seeds(), "--out", Out, "--count", "20", "--generator", _server.Address, "--complier", _server.Address, "--concurrency", "3"];

    [Fact]
    public async Task Augment_Servers_GiveRowsTableAndReport()
    {
        string json = _folder.At("r.json");

        CliResult run = await RunAsync([.. Words, "--report", json, "--complier-model", "m2", "--complier-prices", "1,2.5"]);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("harmaug made 48 rows of 8 seed rows: 20 complying, 20 empty, 8 seed", run.Output, StringComparison.Ordinal);
        Assert.Contains("variety: distinct-1", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Wrote {Out}\nWrote {json}\n", run.Output, StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.True(line.TrimEnd().Length <= 120, $"{line.Length} columns"));
        Assert.Equal(48, (await File.ReadAllLinesAsync(Out, Token)).Length);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(json, Token));
        JsonElement complier = report.RootElement.GetProperty("generators")[1];
        Assert.Equal(("m2", 0.0025m), (complier.GetProperty("name").GetString(), complier.GetProperty("cost").GetDecimal()));
    }

    [Fact]
    public async Task Augment_ServerThatIgnoresPrefixes_IsToldBeforeTheFirstRow()
    {
        _server.HonoursPrefix = false;

        CliResult auto = await RunAsync(Words);
        CliResult named = await RunAsync([.. Words, "--prefix-style", "prefix-field"]);
        int requests = _server.Requests;
        CliResult without = await RunAsync([.. Words, "--variant", "without-prefix"]);

        Assert.Contains("goes on with a prefilled assistant turn, found none; tried chat with", auto.Error, StringComparison.Ordinal);
        Assert.Contains("(PrefixField), found one that does not", named.Error, StringComparison.Ordinal);
        Assert.Equal((2, 2, 4, 0), (auto.Status, named.Status, requests, without.Status));
    }

    [Fact]
    public async Task Augment_Interrupted_KeepsTheAnswersAndContinues()
    {
        CliResult undisturbed = await RunAsync(Words);
        byte[] expected = await File.ReadAllBytesAsync(Out, Token);
        using var caller = new CancellationTokenSource();
        int before = _server.Requests;
        _server.OnRequest = request => _ = request == before + 15 ? caller.CancelAsync() : Task.CompletedTask;

        CliResult first = await RunAsync(Words, stop: caller.Token);
        CliResult second = await RunAsync(Words);

        Assert.Equal((0, 130, 0), (undisturbed.Status, first.Status, second.Status));
        Assert.Contains($"answers are kept in {Out}.journal; the same command continues\n", first.Error, StringComparison.Ordinal);
        Assert.StartsWith($"continuing from {Out}.journal: ", second.Error, StringComparison.Ordinal);
        Assert.Equal(expected, await File.ReadAllBytesAsync(Out, Token));
    }

    [Fact]
    public async Task Augment_OnATerminal_ShowsABarAndWipesIt()
    {
        CliResult run = await RunAsync(Words, terminal: true);

        Assert.Contains("of 20,", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("\r\e[K", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Augment_FaultyWords_AreToldTogether()
    {
        string seeds = Seeds();
        CliResult run = await RunAsync(
            ["augment", seeds, "--out", seeds, "--count", "0", "--temperature", "3", "--response-max-tokens", "0", "--benign-share", "2",
                "--prefix-style", "template", "--report", "r.txt", "--no-empty-responses", "--timeout", "0"]);

        Assert.Equal(2, run.Status);
        Assert.All(
            [
                "--count: expected 1 to 10000000, found 0", "--temperature: expected 0 to 2, found 3",
                "--response-max-tokens: expected 1 to 100000, found 0", "--benign-share: expected 0 to 1, found 2",
                "--generator: expected the address of a server that writes the instructions, found none",
                "--prefix-style template: expected --chat-template beside it", "--no-empty-responses: expected --refuser or --complier",
                "--timeout: expected 1 to 86400 s, found 0", "--report: expected a name that ends in .json, found r.txt",
                $"FILE and --out: expected different files, found one: {seeds}", "picket augment --help tells more",
            ],
            line => Assert.Contains(line, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1,-2")]
    [InlineData("a,b")]
    public async Task Augment_BadPrices_AreTold(string prices)
    {
        CliResult run = await RunAsync([.. Words, "--refuser-prices", prices]);

        Assert.Contains("--refuser-prices: expected two prices of 0 or more with a comma between", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Augment_EdaWithoutWordNet_NamesTheFolder()
    {
        CliResult run = await RunAsync(["augment", Seeds(), "--out", Out, "--strategy", "eda", "--wordnet", _folder.At("absent")]);

        Assert.Contains("absent: expected a folder with a WordNet database, found none", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Augment_None_GivesTheSeedRows()
    {
        CliResult run = await RunAsync(["augment", Seeds(), "--out", Out, "--strategy", "none"]);

        Assert.Equal($"none made 8 rows of 8 seed rows: 8 seed\nWrote {Out}\n", run.Output);
    }

    [Fact]
    public async Task Augment_Help_NamesKeysAndResuming()
    {
        CliResult run = await RunAsync(["augment", "--help"]);

        Assert.All(
            ["PICKET_GENERATOR_KEY", "PICKET_REFUSER_KEY", "PICKET_COMPLIER_KEY", "the same command continues", "--max-unsafe-share"],
            word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private string Seeds() => _folder.Write("seeds.jsonl", string.Concat(Enumerable.Range(0, 8).Select(static i =>
        $$"""{"id":"s{{i}}","prompt":"a mild sentence of number {{i}}","unsafe":{{i % 2}}}""" + "\n")));

    private async Task<CliResult> RunAsync(string[] words, bool terminal = false, CancellationToken? stop = null)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error) { ErrorIsTerminal = terminal };
        int status = await CommandLineApp.RunAsync(words, streams, [AugmentCommand.Create(streams, AugmentModelSource.FindAsync)], stop ?? Token);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
