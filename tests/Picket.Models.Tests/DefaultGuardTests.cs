using System.Text.Json;
using Picket.Data;
using Picket.Evaluation;
using Picket.Models.Bundles;
using Picket.Testing;

namespace Picket.Models.Tests;

public sealed class DefaultGuardTests
{
    private static readonly JsonElement Card = Bundle.Open(EmbeddedGuards.Folder(EmbeddedGuards.NGram)).Manifest.Training!.Value;

    /// <summary>Every evaluation set of the model card that has both classes, with the AUPRC committed for it.</summary>
    public static TheoryData<string, double> CommittedFigures()
    {
        var figures = new TheoryData<string, double>();
        foreach (JsonElement metrics in Card.GetProperty("metrics").EnumerateArray().Skip(1))
        {
            if (metrics.TryGetProperty("auprc", out JsonElement auprc))
            {
                figures.Add(metrics.GetProperty("data").GetProperty("name").GetString()!, auprc.GetDouble());
            }
        }

        return figures;
    }

    [Theory]
    [MemberData(nameof(CommittedFigures))]
    public async Task Auprc_OnAnEvaluationSet_HoldsTheCommittedFigure(string file, double committed)
    {
        string path = SharedFolder.Require(Path.Combine("data", "dev-eval", file));
        List<Example> rows = await ExampleReader.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        await using IGuard guard = await GuardLoader.LoadAsync(cancellationToken: TestContext.Current.CancellationToken);

        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync([.. rows.Select(row => row.ToInput())], TestContext.Current.CancellationToken);

        double auprc = GuardMetrics.Compute(
            [.. scores.Zip(rows, (score, row) => new ScoredLabel(score.UnsafeProbability, row.Unsafe == true))],
            new MetricsOptions { Resamples = 0 },
            TestContext.Current.CancellationToken).Auprc!.Value;
        Assert.True(auprc >= committed - 0.01, $"{file}: AUPRC {auprc:F4}; the committed figure is {committed:F4}");
    }

    [Fact]
    public async Task ScoreAsync_OfMildPrompts_RarelyRaisesAnAlarm()
    {
        string path = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Picket.Models.Tests", "mild-prompts.txt");
        GuardInput[] prompts = [.. File.ReadLines(path).Select(line => new GuardInput(line))];
        await using IGuard guard = await GuardLoader.LoadAsync(cancellationToken: TestContext.Current.CancellationToken);

        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync(prompts, TestContext.Current.CancellationToken);

        Assert.InRange(scores.Count(score => score.UnsafeProbability >= 0.5), 0, prompts.Length / 10);
    }

    [Fact]
    public void ModelCard_OfTheDefaultGuard_NamesNoEvaluationData()
    {
        string[] learned = [.. Card.GetProperty("data").EnumerateArray().Select(Hash)];
        string[] measured = [.. Card.GetProperty("metrics").EnumerateArray().Select(row => Hash(row.GetProperty("data")))];

        Assert.NotEmpty(learned);
        Assert.True(CommittedFigures().Count >= 10);
        Assert.Empty(learned.Intersect(measured));

        static string Hash(JsonElement source) => source.GetProperty("sha256").GetString()!;
    }

    [Fact]
    public void Bundle_OfTheDefaultGuard_StaysUnder24Megabytes() =>
        Assert.True(Directory.GetFiles(EmbeddedGuards.Folder(EmbeddedGuards.NGram)).Sum(file => new FileInfo(file).Length) < 24_000_000);
}
