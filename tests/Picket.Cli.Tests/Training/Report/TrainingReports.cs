using Picket.Training.Distillation;
using Picket.Training.NGram;

namespace Picket.Cli.Tests.Training;

/// <summary>Made-up histories: a loss that falls with noise, evaluations that get better until they do not.</summary>
internal static class TrainingReports
{
    public static TrainingReport Make(int steps, int evaluations, bool spikes = false, int tests = 2)
    {
        var random = new Random(5);
        DistilOptions options = new() { Student = new() { From = "deberta-v3-small" }, Training = new() { Epochs = 5, LearningRate = 1e-4 } };
        return TrainingRun.Blank("distil", "mild-guard", TrainingSettingTable.Distil, options, new DistilOptions(), [Source("train.jsonl", 54210)]) with
        {
            State = "finished",
            Created = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            TotalSteps = steps,
            Epochs = 5,
            Steps = [.. Enumerable.Range(1, steps).Select(step => Step(step, steps, random, spikes))],
            Evaluations = [.. Enumerable.Range(1, evaluations).Select(i => Evaluation(i, evaluations, steps, random))],
            Tests = [.. Enumerable.Range(1, tests).Select(i => new CardMetrics(Source($"test-{i}.jsonl", 1680), 0.8123, 0.74, 0.061, i == 2 ? null : 0.712, 0.034))],
        };
    }

    private static DataSource Source(string name, int rows) => new(name, new string('a', 64), rows, rows / 3);

    private static ReportStep Step(int step, int steps, Random random, bool spikes)
    {
        double share = (double)step / steps;
        double loss = 0.25 + (0.45 * Math.Exp(-5 * share)) + (0.08 * random.NextDouble());
        bool spike = spikes && step % (steps / 4) == steps / 5;
        double rate = 1e-4 * Math.Min(step / 100.0, 1 - share);
        return new ReportStep(
            step, spike ? loss * 60 : loss, Math.Max(0, rate), spike ? 180 : 0.5 + random.NextDouble(), 900 + random.Next(200), 0.3 + (0.05 * random.NextDouble()));
    }

    private static ReportEvaluation Evaluation(int i, int evaluations, int steps, Random random)
    {
        double share = (double)i / evaluations;
        double auprc = 0.9 - (0.35 * Math.Exp(-4 * share)) - (0.05 * share * share) + (0.01 * random.NextDouble());
        var figures = new Dictionary<string, double?> { ["auprc"] = auprc, ["f1"] = auprc - 0.08, ["loss"] = 0.3 + (0.4 * Math.Exp(-5 * share)) };
        return new ReportEvaluation((long)steps * i / evaluations, figures, i == Math.Max(1, evaluations * 2 / 3));
    }
}
