using Picket.Cli.Tests.Training;

namespace Picket.Cli.Tests.Pretrain;

public sealed class PretrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Pretrain_FilesOfAllKinds_GivesTheirTextsInOrder()
    {
        var training = new FakeTraining();
        string pairs = _folder.Write("a.jsonl", "{\"prompt\":\"p\",\"response\":\"r\"}\n");
        string texts = _folder.Write("b.jsonl", "{\"id\":\"x\",\"source\":\"s\",\"text\":\"t\"}\n");
        string lines = _folder.Write("c.txt", "one\n\ntwo {\n");

        CliResult run = await TrainingCli.RunAsync(
            training, "pretrain", "--data", pairs, texts, lines, "--student", _folder.Path, "--out", _folder.At("out"));

        Assert.Equal(0, run.Status);
        Assert.Equal(["p", "r", "t", "one", "two {"], training.Texts);
        Assert.StartsWith("4 updates; wrote ", run.Lines[^1], StringComparison.Ordinal);
        TrainingReport report = TrainingReportJson.TryRead(Path.Combine(_folder.At("out"), "training.json"))!;
        Assert.Equal([("a.jsonl", 2), ("b.jsonl", 1), ("c.txt", 2)], report.Data.Select(static source => (source.Name, source.Rows)));
    }

    [Fact]
    public async Task Pretrain_MissingStudent_IsNamedBeforeTheDataAreRead()
    {
        CliResult run = await TrainingCli.RunAsync(
            new FakeTraining(), "pretrain", "--data", _folder.At("none.txt"), "--student", _folder.At("none"), "--out", _folder.At("out"));

        Assert.Equal(2, run.Status);
        Assert.Contains("--student: no such file or folder: ", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
