namespace Picket.Cli.Tests.Training;

public sealed class TrainingPageTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3_000, 3)]
    [InlineData(100_000, 2_000)]
    public void Data_AnyLength_DrawsAtMostTheScreensPoints(int steps, int evaluations)
    {
        TrainingPageData data = TrainingPage.Data(TrainingReports.Make(steps, evaluations));

        Assert.All(data.Curves.Values.Concat(data.Figures.Values), static curve => Assert.InRange(curve.Steps.Count, 1, 1500));
        Assert.InRange(data.Evaluations.Count, Math.Min(evaluations, 200), 201);
        Assert.Contains(data.Best, data.Evaluations);
        Assert.Equal(evaluations, data.EvaluationCount);
    }

    [Fact]
    public void Data_Spikes_AreKept()
    {
        TrainingReport report = TrainingReports.Make(100_000, 3, spikes: true);

        Assert.Equal(report.Steps.Max(static step => step.Loss), TrainingPage.Data(report).Curves["loss"].Values.Max());
    }

    [Fact]
    public void Data_Speed_IsTokensOverTimeOfTheTimedUpdates()
    {
        TrainingReport report = TrainingReports.Make(4, 1) with
        {
            Steps = [new(1, 1, 0.1, 1, 500, null), new(2, 1, 0.1, 1, 100, 2), new(3, 1, 0.1, 1, 300, 2)],
        };

        TrainingPageData data = TrainingPage.Data(report);

        Assert.Equal((900, 4, 100), (data.Tokens, data.Seconds, data.TokensPerSecond));
        Assert.Equal([50, 150], data.Curves["speed"].Values);
    }

    [Fact]
    public void Render_NoUpdates_IsAPageStill()
    {
        string page = TrainingPage.Render(TrainingReports.Make(1, 1) with { Steps = [], Evaluations = [], Tests = [] });

        Assert.Contains("<title>Distillation: mild-guard</title>", page, StringComparison.Ordinal);
        Assert.Contains("\"best\":null", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Serialize_Report_IsReadBack()
    {
        using var folder = new TemporaryFolder();
        TrainingReport report = TrainingReports.Make(5, 2);

        TrainingReport? read = TrainingReportJson.TryRead(folder.Write("training.json", TrainingReportJson.Serialize(report)));

        Assert.Equal(report.Steps, read!.Steps);
        Assert.Equal(report.Evaluations[1].Figures, read.Evaluations[1].Figures);
        Assert.Equal(report.Settings, read.Settings);
    }

    [Theory]
    [InlineData("{\"schema\":2}")]
    [InlineData("{")]
    [InlineData("")]
    public void TryRead_NoReport_IsNull(string text)
    {
        using var folder = new TemporaryFolder();

        Assert.Null(TrainingReportJson.TryRead(folder.Write("training.json", text)));
        Assert.Null(TrainingReportJson.TryRead(folder.At("absent.json")));
    }
}
