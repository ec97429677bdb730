using System.Text.Json;
using Picket.Training.NGram;

namespace Picket.Cli;

/// <summary>What the page of a training draws: the report, with its curves thinned to what a screen shows.</summary>
internal sealed record TrainingPageData(
    string Kind,
    string Name,
    string State,
    DateTimeOffset Created,
    string PicketVersion,
    long Step,
    long TotalSteps,
    int Epochs,
    long Tokens,
    double? Seconds,
    double? TokensPerSecond,
    IReadOnlyDictionary<string, Curve> Curves,
    IReadOnlyDictionary<string, Curve> Figures,
    ReportEvaluation? Best,
    int EvaluationCount,
    IReadOnlyList<ReportEvaluation> Evaluations,
    IReadOnlyList<ReportSetting> Settings,
    IReadOnlyList<DataSource> Data,
    IReadOnlyList<CardMetrics> Tests);

/// <summary>The page of a training's report.</summary>
internal static class TrainingPage
{
    private const int MaxPoints = 1500;
    private const int MaxRows = 200;
    private const int SpeedPoints = 300;

    public static string Render(TrainingReport report) => new HtmlReport
    {
        Title = report.Kind == "pretrain" ? $"Pre-training: {report.Name}" : $"Distillation: {report.Name}",
        PayloadJson = JsonSerializer.Serialize(Data(report), TrainingReportJson.Default.TrainingPageData),
        Scripts = ["training-charts.js", "training.js"],
    }.Render();

    internal static TrainingPageData Data(TrainingReport report)
    {
        var loss = Curve.Of(report.Steps, static step => step.Step, static step => step.Loss);
        var norm = Curve.Of(report.Steps, static step => step.Step, static step => step.GradientNorm);
        ReportStep[] timed = [.. report.Steps.Where(static step => step.Seconds > 0)];
        return new TrainingPageData(
            report.Kind,
            report.Name,
            report.State,
            report.Created,
            report.PicketVersion,
            report.Steps.Count > 0 ? report.Steps[^1].Step : 0,
            report.TotalSteps,
            report.Epochs,
            report.Steps.Sum(static step => step.Tokens),
            timed.Length > 0 ? timed.Sum(static step => step.Seconds) : null,
            timed.Length > 0 ? timed.Sum(static step => step.Tokens) / timed.Sum(static step => step.Seconds) : null,
            new Dictionary<string, Curve>(StringComparer.Ordinal)
            {
                ["loss"] = loss.Thin(MaxPoints),
                ["loss_smooth"] = loss.Smooth().Thin(MaxPoints),
                ["learning_rate"] = Curve.Of(report.Steps, static step => step.Step, static step => step.LearningRate).Thin(MaxPoints),
                ["gradient_norm"] = norm.Thin(MaxPoints),
                ["gradient_norm_smooth"] = norm.Smooth().Thin(MaxPoints),
                ["speed"] = Speed(timed),
            },
            Figures(report.Evaluations),
            report.Evaluations.LastOrDefault(static evaluation => evaluation.Best),
            report.Evaluations.Count,
            Rows(report.Evaluations),
            report.Settings,
            report.Data,
            report.Tests);
    }

    /// <summary>Tokens a second over stretches of updates, whose single times jitter too much to be read.</summary>
    private static Curve Speed(ReportStep[] timed)
    {
        int stretch = Math.Max(1, (timed.Length + SpeedPoints - 1) / SpeedPoints);
        ReportStep[][] stretches = [.. timed.Chunk(stretch)];
        return new Curve(
            [.. stretches.Select(static steps => steps[^1].Step)],
            [.. stretches.Select(static steps => steps.Sum(static step => step.Tokens) / steps.Sum(static step => step.Seconds!.Value))]);
    }

    private static Dictionary<string, Curve> Figures(IReadOnlyList<ReportEvaluation> evaluations) =>
        evaluations.SelectMany(static evaluation => evaluation.Figures.Keys).Distinct(StringComparer.Ordinal).ToDictionary(
            static name => name,
            name => Curve.Of(evaluations, static at => at.Step, at => at.Figures.GetValueOrDefault(name)).Thin(MaxPoints),
            StringComparer.Ordinal);

    /// <summary>The evaluations of the table: all, or as many, evenly spread, as somebody reads, the best and the last among them.</summary>
    private static ReportEvaluation[] Rows(IReadOnlyList<ReportEvaluation> evaluations)
    {
        if (evaluations.Count <= MaxRows)
        {
            return [.. evaluations];
        }

        var best = evaluations.LastOrDefault(static evaluation => evaluation.Best);
        HashSet<int> kept = [.. Enumerable.Range(0, MaxRows).Select(i => (int)((long)(evaluations.Count - 1) * i / (MaxRows - 1)))];
        return [.. evaluations.Where((evaluation, at) => kept.Contains(at) || evaluation == best)];
    }
}
