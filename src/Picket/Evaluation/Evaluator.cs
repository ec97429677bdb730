using System.Diagnostics;
using Picket.Data;

namespace Picket.Evaluation;

/// <summary>Runs a guard over labelled examples and measures it.</summary>
/// <param name="options">Threshold, batch size, bootstrap; the defaults when <see langword="null"/>.</param>
/// <param name="clock">Times the guard; the system's clock when <see langword="null"/>.</param>
public sealed class Evaluator(EvaluationOptions? options = null, TimeProvider? clock = null)
{
    private const int WarmUpCalls = 10;
    private readonly EvaluationOptions _options = options ?? new EvaluationOptions();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Measures <paramref name="guard"/> on <paramref name="examples"/>; rows without a label are counted and left out.</summary>
    /// <param name="guard">The guard; it is not disposed.</param>
    /// <param name="dataset">The name the result carries.</param>
    /// <param name="examples">The rows, read once, one batch at a time.</param>
    /// <param name="progress">Told after every batch and at every stage.</param>
    /// <param name="cancellationToken">Honoured between batches and resamples, and handed to the guard.</param>
    /// <exception cref="PicketException">No row has a label, an option is out of its range, or the guard's scores are not as promised.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<EvaluationResult> EvaluateAsync(
        IGuard guard,
        string dataset,
        IAsyncEnumerable<Example> examples,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(examples);
        _options.Validate();

        var rows = new List<ScoredRow>();
        var sample = new Reservoir<GuardInput>(_options.LatencyInputs, _options.Seed);
        TimeSpan busy = TimeSpan.Zero;
        int unlabelled = 0;
        await foreach (Example[] batch in examples.Where(IsLabelled).Chunk(_options.BatchSize).WithCancellation(cancellationToken))
        {
            GuardInput[] inputs = [.. batch.Select(example => example.ToInput())];
            long start = _clock.GetTimestamp();
            IReadOnlyList<GuardScore> scores = await guard.ScoreAsync(inputs, cancellationToken);
            busy += _clock.GetElapsedTime(start);
            Keep(guard, batch, scores, rows);
            Array.ForEach(inputs, sample.Offer);
            progress?.Report(new EvaluationProgress(EvaluationStage.Scoring, rows.Count));
        }

        if (rows.Count == 0)
        {
            throw new PicketException($"{dataset}: none of {unlabelled} rows has a label, expected some with unsafe 0 or 1");
        }

        progress?.Report(new EvaluationProgress(EvaluationStage.Latency, rows.Count));
        LatencySummary? latency = await MeasureLatencyAsync(guard, sample.Items, cancellationToken);
        progress?.Report(new EvaluationProgress(EvaluationStage.Metrics, rows.Count));
        using var process = Process.GetCurrentProcess();
        double? inputsPerSecond = busy > TimeSpan.Zero ? rows.Count / busy.TotalSeconds : null;
        return Summarise(
            guard.Description, dataset, rows, unlabelled,
            new GuardPerformance(inputsPerSecond, latency, process.PeakWorkingSet64), cancellationToken);

        bool IsLabelled(Example example)
        {
            unlabelled += example.Unsafe is null ? 1 : 0;
            return example.Unsafe is not null;
        }
    }

    /// <inheritdoc cref="EvaluateAsync(IGuard, string, IAsyncEnumerable{Example}, IProgress{EvaluationProgress}?, CancellationToken)"/>
    public Task<EvaluationResult> EvaluateAsync(
        IGuard guard,
        string dataset,
        IReadOnlyList<Example> examples,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        EvaluateAsync(guard, dataset, examples.ToAsyncEnumerable(), progress, cancellationToken);

    private static void Keep(IGuard guard, Example[] batch, IReadOnlyList<GuardScore> scores, List<ScoredRow> rows)
    {
        if (scores.Count != batch.Length)
        {
            throw new PicketException($"guard {guard.Description.Name}: gave {scores.Count} scores, expected {batch.Length}");
        }

        for (int i = 0; i < batch.Length; i++)
        {
            double probability = scores[i].UnsafeProbability;
            if (!(probability is >= 0 and <= 1))
            {
                throw new PicketException(
                    $"guard {guard.Description.Name}, example {batch[i].Id}, unsafe probability: found {probability}, expected 0 to 1");
            }

            rows.Add(new ScoredRow(new ScoredLabel(probability, batch[i].Unsafe == true), batch[i].Category, batch[i].Source));
        }
    }

    private async Task<LatencySummary?> MeasureLatencyAsync(
        IGuard guard, IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken)
    {
        if (inputs.Count == 0)
        {
            return null;
        }

        foreach (GuardInput input in inputs.Take(WarmUpCalls))
        {
            await guard.ScoreAsync([input], cancellationToken);
        }

        var milliseconds = new double[inputs.Count];
        for (int i = 0; i < milliseconds.Length; i++)
        {
            long start = _clock.GetTimestamp();
            await guard.ScoreAsync([inputs[i]], cancellationToken);
            milliseconds[i] = _clock.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return new LatencySummary(
            milliseconds.Length, Percentile.Of(milliseconds, 0.5), Percentile.Of(milliseconds, 0.95), Percentile.Of(milliseconds, 0.99));
    }

    private EvaluationResult Summarise(
        GuardDescription guard,
        string dataset,
        List<ScoredRow> rows,
        int unlabelled,
        GuardPerformance performance,
        CancellationToken cancellationToken)
    {
        double threshold = _options.Threshold ?? guard.DefaultThreshold;
        MetricsOptions metrics = _options.MetricsFor(threshold);
        ScoredLabel[] scored = [.. rows.Select(row => row.Scored)];
        return new EvaluationResult
        {
            Guard = guard,
            Dataset = dataset,
            Threshold = threshold,
            UnlabelledRows = unlabelled,
            Metrics = GuardMetrics.Compute(scored, metrics, cancellationToken),
            Confusion = ConfusionMatrix.Compute(scored, threshold),
            PrecisionRecall = PrecisionRecallPoint.Curve(scored),
            Reliability = ReliabilityBin.Compute(scored),
            Histogram = HistogramBin.Compute(scored),
            Categories = Breakdown.Compute(rows.Select(row => (row.Category, row.Scored)), metrics, cancellationToken),
            Sources = Breakdown.Compute(rows.Select(row => (row.Source, row.Scored)), metrics, cancellationToken),
            Performance = performance,
        };
    }
}
