using System.Text;
using Picket.Testing;
using Picket.Training.Distillation;
using Picket.Training.NGram;

namespace Picket.Cli.Tests.Average;

public sealed class AverageCommandTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Average_FaultyWords_AreToldTogether()
    {
        CliResult run = await RunAsync("average", "one", "two", "--data", "x", "--out", "y", "--name", " ", "--held-out-only", "0.7", "--threads", "-1");

        Assert.Equal(2, run.Status);
        Assert.All(
            [
                "--name: expected 1 to 200 characters", "--held-out-only: expected above 0 to 0.5, found 0.7",
                "--threads: expected 0 to 1024, found -1", "picket average --help tells more",
            ],
            line => Assert.Contains(line, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Average_OccupiedFolder_IsRefusedBeforeTheDataAreRead()
    {
        File.WriteAllText(_folder["file"], "");

        CliResult run = await RunAsync("average", "one", "two", "--data", _folder["absent.jsonl"], "--out", _folder["."]);

        Assert.Equal(2, run.Status);
        Assert.Contains("expected no folder or an empty one", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Average_NoStudents_AreToldByTheirFolder()
    {
        File.WriteAllText(_folder["rows.jsonl"], """{"prompt":"How is the weather?","unsafe":0}""");

        CliResult run = await RunAsync("average", _folder["one"], _folder["two"], "--data", _folder["rows.jsonl"], "--out", _folder["out"]);

        Assert.Equal(2, run.Status);
        Assert.Contains(_folder["one"], run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void Write_Card_ShowsEachStudentAndTheAverage()
    {
        using var output = new MemoryStream();
        var streams = new StandardStreams(Stream.Null, output, TextWriter.Null);
        var writer = new StringWriter();

        AverageTable.Write(EvalTable.ConsoleOn(writer, streams), "mean", ["one", "two"], Card(0.5, 0.75, 0.875));

        string[] words = ["one", "0.5000", "two", "0.7500", "mean", "0.8750", "on 20 rows, 8 unsafe"];
        Assert.All(words, word => Assert.Contains(word, writer.ToString(), StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static AverageCard Card(double one, double two, double average)
    {
        return new AverageCard("1.0.0", [], new AverageSettings(0.25), [Student(one), Student(two)], [], [Metrics(average)]);

        static AveragedStudent Student(double auprc) => new("picket-student", "00", Metrics(auprc), null);
        static CardMetrics Metrics(double auprc) => new(new DataSource("rows", "", 20, 8), auprc, 0.5, 0.1, 0.6, 0.02);
    }

    private static async Task<CliResult> RunAsync(params string[] line)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        int status = await CommandLineApp.RunAsync(line, streams, [AverageCommand.Create(streams)], TestContext.Current.CancellationToken);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
