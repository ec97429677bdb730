using Picket.Cli.Tests.Training;

namespace Picket.Cli.Tests.Distil;

public sealed class DistilCommandTests : IDisposable
{
    private const string Rows = """
        {"id":"a","prompt":"bad weather","unsafe":1}
        {"id":"b","prompt":"good soup","unsafe_probability":0.2}
        {"id":"c","prompt":"neither"}

        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Distil_Rows_TrainsOnThoseWithALabelOrATeacher()
    {
        var training = new FakeTraining();

        CliResult run = await DistilAsync(training, "--lr", "0.001", "--name", "mild");

        Assert.Equal(0, run.Status);
        Assert.Equal(["a", "b"], training.Examples.Select(static row => row.Id));
        Assert.Equal((0.001, "mild"), (training.Options!.Training.LearningRate, training.Options.Name));
        Assert.Contains("rows.jsonl: 2 rows, 1 unsafe, 1 with a teacher's probability, 1 without", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("kept update 2 of 4, the best by held-out auprc; wrote ", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distil_Finished_WritesThePageAndTheReport()
    {
        await DistilAsync(new FakeTraining(), "--report", _folder.At("page.html"));

        TrainingReport report = TrainingReportJson.TryRead(Path.Combine(_folder.At("out"), "training.json"))!;
        Assert.Equal(("finished", 4, 2), (report.State, report.Steps.Count, report.Evaluations.Count));
        Assert.Null(report.Evaluations[0].Figures["loss"]);
        Assert.True(File.Exists(_folder.At("page.html")));
    }

    [Fact]
    public async Task Distil_TestFile_IsMeasuredAndInTheReport()
    {
        string test = _folder.Write("test.jsonl", "{\"prompt\":\"bad\",\"unsafe\":1}\n{\"prompt\":\"fine\",\"unsafe\":0}\n");

        CliResult run = await DistilAsync(new FakeTraining(), "--test", test);

        Assert.Equal(["test.jsonl", "2", "1", "1.0000"], run.Lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4]);
        Assert.Equal(1, TrainingReportJson.TryRead(Path.Combine(_folder.At("out"), "training.json"))!.Tests[0].Auprc);
    }

    [Fact]
    public async Task Distil_EndedByAnError_SaysSoInTheReportAndContinues()
    {
        CliResult first = await DistilAsync(new FakeTraining(4, new PicketException("the disk is full"), faultAt: 3));
        _folder.Write("out/checkpoint.safetensors", "");

        CliResult second = await DistilAsync(new FakeTraining(4, new PicketException("again"), faultAt: 4) { From = 2 });

        Assert.Equal((2, 2), (first.Status, second.Status));
        Assert.Contains("picket: error: the disk is full", first.Error, StringComparison.Ordinal);
        Assert.Contains("continuing from ", second.Error, StringComparison.Ordinal);
        TrainingReport report = TrainingReportJson.TryRead(Path.Combine(_folder.At("out"), "training.json"))!;
        Assert.Equal("failed", report.State);
        Assert.Equal([1, 2, 3], report.Steps.Select(static step => step.Step));
    }

    [Fact]
    public async Task Distil_NoUsableRow_NamesTheFile()
    {
        CliResult run = await TrainingCli.RunAsync(
            new FakeTraining(),
            ["distil", "--data", _folder.Write("none.jsonl", "{\"prompt\":\"p\"}\n"), "--student", _folder.Path, "--out", _folder.At("out")]);

        Assert.Equal(2, run.Status);
        Assert.Contains("none.jsonl: expected rows with a label or a teacher's probability", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("out")));
    }

    [Fact]
    public async Task Distil_NothingGiven_NamesAllThatIsMissing()
    {
        CliResult run = await TrainingCli.RunAsync(new FakeTraining(), "distil", "--epochs", "0");

        Assert.Equal(2, run.Status);
        Assert.All(["--data:", "--out:", "--student:", "--epochs:"], option => Assert.Contains(option, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("distil", "--lambda")]
    [InlineData("pretrain", "--masked")]
    public async Task Help_OfATraining_ListsSettingsAndDefaults(string command, string own)
    {
        CliResult run = await TrainingCli.RunAsync(new FakeTraining(), command, "--help");

        Assert.Equal(0, run.Status);
        Assert.All(
            ["--data", "--settings", "--lr", "[default: ", "Exit status:", "Examples:", own],
            word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private Task<CliResult> DistilAsync(FakeTraining training, params string[] words) => TrainingCli.RunAsync(
        training, ["distil", "--data", _folder.Write("rows.jsonl", Rows), "--student", _folder.Path, "--out", _folder.At("out"), .. words]);
}
