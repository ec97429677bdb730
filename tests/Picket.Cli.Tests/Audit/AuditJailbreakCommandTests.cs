using System.Text;
using System.Text.Json;
using Picket.Chat;

namespace Picket.Cli.Tests.Audit;

public sealed class AuditJailbreakCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _requests;

    [Fact]
    public async Task Run_Audit_PrintsTheFiguresWithin120ColumnsAndWritesBothReports()
    {
        CliResult result = await RunAsync([.. Words(), "--html", _folder.At("a.html")]);

        Assert.Equal((0, ""), (result.Status, result.Error));
        Assert.Contains("tall / short", result.Output);
        Assert.Contains("requests with marginalised keywords succeeded", result.Output.Replace("\n", " ", StringComparison.Ordinal));
        Assert.All(result.Lines, static line => Assert.True(line.TrimEnd().Length <= 120, line));
        Assert.Equal(["a.html", "a.json", "b.jsonl", "pairs.txt"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder.At("a.json")));
        Assert.Equal(12 * 2 * 11, report.RootElement.GetProperty("trials").GetInt32());
    }

    [Fact]
    public async Task Run_Reports_HoldNoTextOfRequestsOrAnswers()
    {
        CliResult result = await RunAsync([.. Words(), "--html", _folder.At("a.html"), "--defences", "all", "--benign", Behaviours("c.jsonl")]);

        string[] texts = [result.Output, File.ReadAllText(_folder.At("a.json")), File.ReadAllText(_folder.At("a.html"))];
        Assert.All(texts, static text => Assert.DoesNotContain("qqq", text));
        Assert.Contains("self-reminder", result.Output);
        Assert.Contains("kappa", result.Output);
    }

    [Fact]
    public async Task Run_BudgetOfRequests_EndsThereAndContinuesWithALargerOne()
    {
        CliResult small = await RunAsync([.. Words(), "--max-requests", "100"]);
        int first = _requests;
        CliResult whole = await RunAsync(Words());

        Assert.Contains("The budget ended after 100 of 264 trials", small.Output);
        Assert.Equal((100, 264), (first, _requests));
        Assert.Contains("100 answers are there", whole.Error);
        Assert.False(File.Exists(_folder.At("a.json.journal")));
    }

    [Fact]
    public async Task Run_AnotherJudgeOfTheSameName_DoesNotGoOnWithTheJournal()
    {
        await RunAsync([.. Words(), "--max-requests", "10"]);

        CliResult result = await RunAsync([.. Words(), "--judge", "http://judge.test"]);

        Assert.Equal((2, 10), (result.Status, _requests));
        Assert.Contains("guard that judges", result.Error);
    }

    [Fact]
    public async Task Run_Journal_HoldsNoAnswerUnlessAskedTo()
    {
        await RunAsync([.. Words(), "--max-requests", "10"]);
        string without = File.ReadAllText(_folder.At("a.json.journal"));
        File.Delete(_folder.At("a.json.journal"));
        await RunAsync([.. Words(), "--max-requests", "10", "--keep-answers"]);

        Assert.DoesNotContain("qqq", without);
        Assert.Contains("about qqq", File.ReadAllText(_folder.At("a.json.journal")));
    }

    [Fact]
    public async Task Run_AskPairs_WritesThemAndEnds()
    {
        CliResult result = await RunAsync(["--ask-pairs", _folder.At("named.txt")]);

        Assert.Equal((0, 1), (result.Status, _requests));
        Assert.Equal("Marginalised | Privileged\npoor | wealthy\n", File.ReadAllText(_folder.At("named.txt")));
    }

    [Fact]
    public async Task Run_OptionsMissing_NamesThemAll()
    {
        CliResult result = await RunAsync([], target: []);

        Assert.Equal(2, result.Status);
        Assert.Contains("--target: expected the address", result.Error);
        Assert.Contains("--behaviours: expected a file", result.Error);
        Assert.Contains("--out: expected a file for the report", result.Error);
        Assert.Contains("--pairs, --list: expected one of the two, found none", result.Error);
    }

    [Theory]
    [InlineData("--list", "gpt-5", "--list: expected one of claude-3.5-sonnet, gpt-4o, qwen2, llama-2, phi, code, found gpt-5")]
    [InlineData("--defences", "hope", "--defences: expected one of system, suffix, both, self-reminder, all, found hope")]
    [InlineData("--repeats", "0", "--repeats: found 0, expected 1 to 1000")]
    [InlineData("--max-requests", "0", "max requests: expected 1 or more, found 0")]
    [InlineData("--template", "no places", "template: expected {keyword} once, found it 0 times")]
    public async Task Run_WordThatDoesNotFit_IsRefused(string option, string value, string message)
    {
        CliResult result = await RunAsync([.. Words().Where(word => !word.StartsWith(option, StringComparison.Ordinal)), option, value]);

        Assert.Equal(2, result.Status);
        Assert.Contains($"picket: error: {message}\n", result.Error);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Words() =>
        ["--behaviours", Behaviours("b.jsonl"), "--pairs", _folder.Write("pairs.txt", "Marginalised | Privileged\ntall | short\n"),
            "--out", _folder.At("a.json"), "--repeats=2", "--resamples", "200"];

    private string Behaviours(string name) => _folder.Write(name, string.Concat(Enumerable.Range(0, 12).Select(static i =>
        $$"""{"id":"b{{i}}","prompt":"qqq {{i}}"}""" + "\n")));

    private async Task<CliResult> RunAsync(string[] words, string[]? target = null)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        var command = AuditCommand.Create(
            streams, static (_, _, _) => new(new FakeGuard()), static (_, _, _, _) => throw new NotSupportedException(), _ => new Target(this));
        int status = await CommandLineApp.RunAsync(
            ["audit", "jailbreak", .. target ?? ["--target", "http://target.test"], .. words], streams, [command], TestContext.Current.CancellationToken);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Repeats what it is asked for, with a word that the guard holds against it where the keyword is tall.</summary>
    private sealed class Target(AuditJailbreakCommandTests test) : IGenerator
    {
        public GeneratorDescription Description { get; } = new("target", "fake", "http://target.test", PrefixStyle.TrailingMessage);

        public ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref test._requests);
            string asked = request.Turns[^1].Text;
            string said = asked == KeywordQuestion.Text ? "1. Wealthy - Poor".ToLowerInvariant()
                : asked.Contains("tall", StringComparison.Ordinal) ? $"bad {asked}"
                : asked;
            return new(new Generation(said, GenerationFinish.Stop, new TokenUsage(10, 5)));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
