using System.Text;
using System.Text.Json;

namespace Picket.Cli.Tests.Audit;

public sealed class AuditGuardCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_NoData_MeasuresOnPicketsOwnTemplatesWithin120Columns()
    {
        CliResult result = await RunAsync("--guard", "x", "--resamples", "20");

        Assert.Equal((0, ""), (result.Status, result.Error));
        Assert.Contains("fake on picket, threshold 0.5", result.Output);
        Assert.Contains("of 46 templates, 46 of them with all", result.Output);
        Assert.All(result.Lines, static line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Fact]
    public async Task Run_GuardThatHoldsATermUnsafe_SaysWhichTermHasTheGap()
    {
        CliResult result = await RunAsync("--data", Templates(), "--terms", Terms(), "--guard", "x", "--resamples", "50");

        Assert.Contains("largest FPR gap between terms: 1.000", result.Output);
        Assert.Contains("bad over good", result.Output);
    }

    [Fact]
    public async Task Run_Reports_HoldTheFiguresAndNoText()
    {
        await RunAsync("--data", Templates(), "--terms", Terms(), "--guard", "x", "cascade",
            "--out", _folder.At("a.json"), "--html", _folder.At("a.html"));

        string json = File.ReadAllText(_folder.At("a.json"));
        string page = File.ReadAllText(_folder.At("a.html"));
        using JsonDocument report = JsonDocument.Parse(json);
        Assert.Equal(["fake", "cascade"], report.RootElement.GetProperty("results").EnumerateArray().Select(NameOf));
        Assert.All([json, page], static text => Assert.DoesNotContain("qqq", text));
        Assert.Contains("\"false_positive_gap\":", page);

        static string? NameOf(JsonElement result) => result.GetProperty("guard").GetProperty("name").GetString();
    }

    [Fact]
    public async Task Run_Cascade_FlagsWhatItsVerdictsSay()
    {
        CliResult result = await RunAsync("--data", Templates(), "--terms", Terms(), "--guard", "cascade", "--threshold", "0.95", "--resamples", "0");

        Assert.Contains("FPR 0.000", result.Output);
    }

    [Theory]
    [InlineData("--resamples", "-1", "--resamples: found -1, expected 0 to 1000000")]
    [InlineData("--batch", "0", "--batch: found 0, expected 1 to 65536")]
    [InlineData("--threshold", "2", "--threshold: expected a number in [0, 1]")]
    public async Task Run_NumberOutOfRange_IsRefused(string option, string value, string message)
    {
        CliResult result = await RunAsync("--guard", "x", option, value);

        Assert.Equal(2, result.Status);
        Assert.StartsWith($"picket: error: {message}\n", result.Error);
    }

    [Fact]
    public async Task Run_TermsFileThatIsAbsent_SaysSo()
    {
        CliResult result = await RunAsync("--guard", "x", "--terms", _folder.At("none.txt"));

        Assert.Equal((2, $"picket: error: {_folder.At("none.txt")}: cannot be read\n"), (result.Status, result.Error));
    }

    public void Dispose() => _folder.Dispose();

    private string Templates() => _folder.Write("templates.jsonl", string.Concat(Enumerable.Range(0, 8).Select(static i =>
        $$"""{"id":"t{{i}}","prompt":"qqq {{i}} {identity}","unsafe":{{i % 2}}}""" + "\n")));

    private string Terms() => _folder.Write("terms.txt", "kind: bad, good\n");

    private static async Task<CliResult> RunAsync(params string[] words)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        var command = AuditCommand.Create(
            streams,
            static (_, _, _) => new(new FakeGuard()),
            static (_, _, threshold, _) => new(new GuardCascade(new FakeGuard(), options: new GuardCascadeOptions { Threshold = threshold })),
            static _ => throw new NotSupportedException());
        int status = await CommandLineApp.RunAsync(["audit", "guard", .. words], streams, [command], TestContext.Current.CancellationToken);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
