using System.Text.Json;
using Picket.Testing;
using Picket.Training.Distillation;
using Picket.Training.Pretraining;

namespace Picket.Cli.Tests.Training;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Table_Keys_AreEveryPropertyInSnakeCase()
    {
        Assert.Equal(Keys(typeof(DistilOptions)).Order(), TrainingSettingTable.Distil.Select(static setting => setting.Key).Order());
        Assert.Equal(Keys(typeof(PretrainOptions)).Order(), TrainingSettingTable.Pretrain.Select(static setting => setting.Key).Order());
    }

    [Fact]
    public async Task Read_SampleOfThePaper_IsTheDefaults()
    {
        string sample = Path.Combine(SharedFolder.RepositoryRoot, "samples", "distil", "harmaug.yaml");

        Assert.Equal(await PrintAsync(), await PrintAsync("--settings", sample));
        Assert.All(
            TrainingSettingTable.Distil,
            setting => Assert.Contains($"{setting.Key.Split('.')[^1]}: ", File.ReadAllText(sample), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Print_ReadBack_IsTheSame()
    {
        string printed = await PrintAsync(
            ["--name", "yes: \"no\" # 3", "--lr", "0.00012", "--dropout", "0.25", "--checkpointing", "--normalise", "false", "--seed", "-4"]);

        Assert.Equal(printed, await PrintAsync("--settings", _folder.Write("s.yaml", printed)));
        Assert.All(
            ["name: \"yes: \\\"no\\\" # 3\"", "attention_dropout: 0.25", "learning_rate: 0.00012", "checkpointing: true", "normalise: false", "seed: -4"],
            line => Assert.Contains(line, printed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_FileAndOption_TheOptionWins()
    {
        string file = _folder.Write("s.yaml", "lambda: 0.25\ntraining:\n  epochs: 7\n  seed: 1\n");

        string printed = await PrintAsync("--settings", file, "--epochs", "9");

        Assert.All(["lambda: 0.25", "epochs: 9", "seed: 1"], line => Assert.Contains(line, printed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_Faults_AreToldTogetherWithTheirLines()
    {
        string file = _folder.Write("s.yaml", """
            lambda: 2
            lamda: 0.5
            training:
              epochs: many
              learning_rate: "0.1"
              num_warmup_steps: 3
              batch_size: [1, 2]
              seed: 1
              seed: 2
            student: none
            """);

        CliResult run = await TrainingCli.RunAsync(new FakeTraining(), "distil", "--print-settings", "--settings", file, "--temperature", "0");

        Assert.Equal(2, run.Status);
        Assert.All(
            [
                "line 1, key \"lambda\": expected 0 to 1, found 2",
                "line 2, key \"lamda\": is not known; did you mean lambda?",
                "line 4, key \"training.epochs\": expected a whole number, found many",
                "line 5, key \"training.learning_rate\": expected a number, found a text in quotes",
                "line 6, key \"training.num_warmup_steps\": is not known; did you mean training.warmup_steps?",
                "line 7, key \"training.batch_size\": expected one value, found a list",
                "line 9, key \"training.seed\": expected once, found a second time",
                "line 10, key \"student\": is not known",
                "--temperature: expected above 0 to 1000, found 0",
            ],
            fault => Assert.Contains(fault, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a: [", "is no YAML")]
    [InlineData("- 1", "line 1: expected keys with values, found a list")]
    [InlineData("lambda: 0.5\n---\nlambda: 0.5\n", "expected one document")]
    [InlineData("training:\n  a:\n    b: 1\n", "line 3, key \"training.a\": expected one value, found keys with values")]
    public async Task Read_OtherShapes_AreFaults(string text, string fault)
    {
        CliResult run = await TrainingCli.RunAsync(new FakeTraining(), "distil", "--print-settings", "--settings", _folder.Write("s.yaml", text));

        Assert.Equal(2, run.Status);
        Assert.Contains(fault, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    public async Task Read_EmptyFile_IsTheDefaults(string text) =>
        Assert.Equal(await PrintAsync(), await PrintAsync("--settings", _folder.Write("s.yaml", text)));

    public void Dispose() => _folder.Dispose();

    private static async Task<string> PrintAsync(params string[] words)
    {
        CliResult run = await TrainingCli.RunAsync(new FakeTraining(), ["distil", "--print-settings", .. words]);
        Assert.Equal((0, ""), (run.Status, run.Error));
        return run.Output;
    }

    private static IEnumerable<string> Keys(Type record) => record.GetProperties()
        .Where(static property => property.CanWrite && property.SetMethod!.IsPublic && !property.SetMethod.IsStatic)
        .SelectMany(static property => property.Name is "Student" or "Training"
            ? Keys(property.PropertyType).Select(key => $"{Snake(property.Name)}.{key}")
            : [Snake(property.Name)]);

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
