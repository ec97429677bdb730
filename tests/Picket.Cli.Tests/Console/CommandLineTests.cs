using System.Text;

namespace Picket.Cli.Tests.Console;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("check --thresold 0.3 hi", "unknown option --thresold; did you mean --threshold?")]
    [InlineData("check --thresold=0.3 hi", "unknown option --thresold; did you mean --threshold?")]
    [InlineData("check hi --jsno", "unknown option --jsno; did you mean --json?")]
    [InlineData("check --entirely-other", "unknown option --entirely-other; text that starts with a dash goes after --")]
    [InlineData("chek hi", "unknown command chek; did you mean check?")]
    [InlineData("weigh hi", "unknown command weigh")]
    [InlineData("check --file x --jsnol", "unknown option --jsnol; did you mean --jsonl?")]
    [InlineData("--verison", "unknown option --verison; did you mean --version?")]
    [InlineData("check two words", "expected at most 1 argument, found 2; put a text with spaces in quotes")]
    [InlineData("check hi --threshold x", "--threshold: expected a number in [0, 1]")]
    [InlineData("check hi --threshold 1.5", "--threshold: expected a number in [0, 1]")]
    [InlineData("check hi --threshold NaN", "--threshold: expected a number in [0, 1]")]
    [InlineData("check hi --file x", "expected TEXT or --file, found both")]
    [InlineData("check hi --jsonl", "--jsonl reads --file or standard input, found TEXT")]
    [InlineData("check --jsonl --response x", "--jsonl takes each row's own response, found --response")]
    [InlineData("check hi --keep-going", "--keep-going needs --jsonl")]
    public async Task Run_BadUsage_SaysWhatIsWrong(string line, string message)
    {
        CliResult result = await RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (result.Status, result.Output));
        Assert.StartsWith($"picket: error: {message}\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--", "--bad")]
    [InlineData("check", "--json", "--", "--json bad")]
    [InlineData("check", "- bad")]
    [InlineData("check", "-1 bad")]
    [InlineData("check", "--guard", "x", "@bad")]
    [InlineData("check", "--response", "--bad", "hi")]
    [InlineData("check", "--json", "bad")]
    public async Task Run_TextThatLooksLikeSomethingElse_IsText(params string[] words)
    {
        Assert.Equal((1, ""), await StatusAndError(words));
    }

    [Fact]
    public async Task Run_SeveralFaults_ReportsAll()
    {
        CliResult result = await RunAsync(["check", "hi", "--file", "x", "--keep-going"]);

        Assert.Equal(3, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Run_NothingOrHelp_PrintsHelp(params string[] words)
    {
        CliResult result = await RunAsync(words);

        Assert.Equal(0, result.Status);
        Assert.Contains("picket [command]", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HelpOfCheck_HasExamplesAndStatuses()
    {
        CliResult result = await RunAsync(["check", "--help"]);

        Assert.Contains("Examples:\n  picket check ", result.Output, StringComparison.Ordinal);
        Assert.Contains("  1    at least one input is unsafe\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Version_PrintsIt()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await RunAsync(["--version"])).Output);
    }

    private static async Task<(int Status, string Error)> StatusAndError(string[] words)
    {
        CliResult result = await RunAsync(words);
        return (result.Status, result.Error);
    }

    private static async Task<CliResult> RunAsync(string[] words)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        int status = await CliRun.RunAsync(words, new StandardStreams(Stream.Null, output, error), new FakeGuard());
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
