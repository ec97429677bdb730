using Picket.Data;
using Picket.Training.Distillation;
using Picket.Training.NGram;
using Picket.Training.Optimisation;

namespace Picket.Cli.Tests.Training;

/// <summary>Makes a given number of updates at once, with an evaluation every second one; keeps what it was told.</summary>
internal sealed class FakeTraining(int steps = 4, Exception? fault = null, int faultAt = 0)
{
    public DistilOptions? Options { get; private set; }

    public IReadOnlyList<Example> Examples { get; private set; } = [];

    public List<string> Texts { get; } = [];

    public int From { get; init; } = 1;

    public Task<TrainingHistory> DistilAsync(
        DistilOptions options,
        IReadOnlyList<Example> examples,
        IReadOnlyList<DataSource> sources,
        string folder,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        (Options, Examples) = (options, examples);
        return Task.FromResult(Run(progress));
    }

    public async Task<TrainingHistory> PretrainAsync(
        Picket.Training.Pretraining.PretrainOptions options,
        IAsyncEnumerable<string> texts,
        string folder,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        Texts.AddRange(await texts.ToListAsync(cancellationToken));
        return Run(progress);
    }

    public static TrainingProgress Progress(long step, long steps, bool evaluated = false, double loss = 0.5) => new(
        new TrainingStep(step, loss, 1e-4, 0.7, 100), steps, 1, 2, evaluated ? Evaluation(step, step == 2) : null);

    private static TrainingEvaluation Evaluation(long step, bool best) => new(
        step, new Dictionary<string, double> { ["auprc"] = 0.75, ["loss"] = double.NaN }, best);

    private TrainingHistory Run(IProgress<TrainingProgress>? progress)
    {
        for (int step = From; step <= steps; step++)
        {
            if (step == faultAt)
            {
                throw fault!;
            }

            progress!.Report(Progress(step, steps, step % 2 == 0));
        }

        return new TrainingHistory(
            [.. Enumerable.Range(1, steps).Select(step => Progress(step, steps).Step)],
            [.. Enumerable.Range(1, steps / 2).Select(static i => Evaluation(2 * i, i == 1))])
        { KeptStep = 2 };
    }
}
