using System.Diagnostics;
using Picket.Data;
using Picket.Evaluation;
using Picket.Text;

namespace Picket.Training.NGram;

/// <summary>
/// Trains the n-gram guard: stochastic gradient descent on the embeddings, Adam on the layers above, class-balanced draws, the last epoch
/// near the best held-out AUPRC kept, its probabilities calibrated on the held-out rows.
/// </summary>
/// <remarks>
/// Deterministic by seed on a given machine whatever the number of threads: rows are passed through the network in parallel, and every
/// parameter then receives their gradients in the order of the batch, the embeddings divided among threads by bucket.
/// </remarks>
public sealed class NGramTrainer
{
    private readonly NGramTrainerOptions _options;
    private readonly int _threads;

    /// <summary>A trainer with checked options.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="threads">Threads to use; 0 for one a core.</param>
    /// <exception cref="PicketException">An option is out of its range.</exception>
    public NGramTrainer(NGramTrainerOptions options, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        options.Validate();
        _options = options;
        _threads = threads == 0 ? Environment.ProcessorCount : threads;
    }

    /// <summary>Trains on <paramref name="examples"/>, all of which need a label.</summary>
    /// <param name="examples">The rows; a part is held out by a hash of the prompt, so rows that share one stay together.</param>
    /// <param name="checkpointPath">
    /// Where the state is kept after each epoch; an existing file of the same data and options is continued from, with the same result as
    /// without the interruption. <see langword="null"/> keeps none.
    /// </param>
    /// <param name="progress">Told of the first batch of an epoch and then ten times a second at most, and of every epoch's end.</param>
    /// <param name="cancellationToken">Stops between batches; what the last checkpoint holds is kept.</param>
    /// <exception cref="PicketException">
    /// A row has no label, a class is missing, the checkpoint is damaged or belongs to another training, or the loss grew beyond all bounds.
    /// </exception>
    public NGramTrainingResult Train(
        IReadOnlyList<Example> examples,
        string? checkpointPath = null,
        IProgress<NGramTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        (TrainingRow[] learned, TrainingRow[] heldOut) = Split(examples, cancellationToken);
        float[] weights = InverseDocumentFrequency.Weights(learned, 1 << _options.Shape.BucketBits, _options.WordWeight);
        var state = new NGramTrainingState(new NGramParameters(_options.Shape, weights, _options.Seed));
        string fingerprint = NGramTrainingState.Fingerprint(_options, learned, heldOut);
        if (checkpointPath is not null)
        {
            state.TryResume(checkpointPath, fingerprint);
        }

        while (state.Epoch < _options.Epochs && state.Epoch - state.KeptEpoch < _options.Patience)
        {
            double loss = RunEpoch(state, learned, progress, cancellationToken);
            state.FinishEpoch(loss, Auprc(Logits(state.Parameters, heldOut), heldOut), _options.Tolerance);
            if (checkpointPath is not null)
            {
                state.Save(checkpointPath, fingerprint);
            }

            progress?.Report(new NGramTrainingProgress(state.Epoch, _options.Epochs, 1, loss, state.History[^1].HeldOutAuprc));
        }

        NGramParameters kept = state.Kept;
        float[] logits = Logits(kept, heldOut);
        Calibration calibration = Calibration.Fit([.. logits.Zip(heldOut, static (logit, row) => (logit, row.Unsafe))]);
        return new NGramTrainingResult(
            NGramQuantiser.Quantise(kept, calibration),
            calibration.Temperature,
            state.KeptEpoch,
            [.. state.History],
            [.. examples.Where(example => HeldOut.Has(example.Prompt, _options.HeldOutShare))]);
    }

    private double RunEpoch(
        NGramTrainingState state, TrainingRow[] rows, IProgress<NGramTrainingProgress>? progress, CancellationToken cancellationToken)
    {
        NGramParameters parameters = state.Parameters;
        int epoch = state.Epoch;
        var random = new Random(HashCode(_options.Seed, epoch));
        int[] unsafeRows = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i].Unsafe)];
        int[] safeRows = [.. Enumerable.Range(0, rows.Length).Where(i => !rows[i].Unsafe)];
        int steps = (rows.Length + _options.BatchSize - 1) / _options.BatchSize;
        NGramPass[] passes = [.. Enumerable.Range(0, _options.BatchSize).Select(_ => new NGramPass(parameters))];
        var batch = new TrainingRow[_options.BatchSize];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        double loss = 0;
        long reported = 0;
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < batch.Length; i++)
            {
                int[] drawn = random.Next(2) == 1 ? unsafeRows : safeRows;
                batch[i] = rows[drawn[random.Next(drawn.Length)]];
            }

            int seed = random.Next();
            Parallel.For(0, _threads, parallel, thread =>
            {
                for (int i = thread; i < batch.Length; i += _threads)
                {
                    var learning = new NGramLearning(_options.Dropout, _options.LabelSmoothing, new Random(seed + i));
                    parameters.Run(batch[i], passes[i], learning);
                }
            });

            float left = 1 - ((float)((epoch * (long)steps) + step) / (_options.Epochs * (long)steps));
            state.StepDense(passes, _options.LearningRate * left);
            StepEmbeddings(parameters, batch, passes, _options.EmbeddingLearningRate * left, parallel);
            loss += passes.Average(static pass => pass.Loss);
            if (progress is not null && Stopwatch.GetElapsedTime(reported) > TimeSpan.FromMilliseconds(100))
            {
                reported = Stopwatch.GetTimestamp();
                progress.Report(new NGramTrainingProgress(epoch, _options.Epochs, (double)step / steps, loss / (step + 1), null));
            }
        }

        return double.IsFinite(loss)
            ? loss / steps
            : throw new PicketException($"the loss of epoch {epoch + 1} grew beyond all bounds; expected smaller learning rates");
    }

    private void StepEmbeddings(NGramParameters parameters, TrainingRow[] batch, NGramPass[] passes, float learningRate, ParallelOptions parallel)
    {
        int width = parameters.Width;
        long buckets = parameters.Weights.Length;
        Parallel.For(0, _threads, parallel, thread =>
        {
            int first = (int)(buckets * thread / _threads);
            int end = (int)(buckets * (thread + 1) / _threads);
            for (int i = 0; i < batch.Length; i++)
            {
                NGramPass pass = passes[i];
                parameters.Step(batch[i].Prompt, pass.PooledGradient.AsSpan(0, width), pass.PromptNorm, learningRate, first, end);
                parameters.Step(batch[i].Response ?? [], pass.PooledGradient.AsSpan(width), pass.ResponseNorm, learningRate, first, end);
            }
        });
    }

    private (TrainingRow[] Learned, TrainingRow[] HeldOut) Split(IReadOnlyList<Example> examples, CancellationToken cancellationToken)
    {
        if (examples.FirstOrDefault(static example => example.Unsafe is null) is { } unlabelled)
        {
            throw new PicketException($"example {unlabelled.Id}, field \"unsafe\": expected a label, found none");
        }

        var rows = new TrainingRow[examples.Count];
        Parallel.For(
            0,
            rows.Length,
            new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken },
            i => rows[i] = TrainingRow.From(examples[i], TextNormaliser.Default, _options.Shape));
        return HeldOut.Split(examples, rows, static row => row.Unsafe, _options.HeldOutShare);
    }

    private float[] Logits(NGramParameters parameters, TrainingRow[] rows)
    {
        float[] logits = new float[rows.Length];
        Parallel.For(
            0,
            rows.Length,
            new ParallelOptions { MaxDegreeOfParallelism = _threads },
            () => new NGramPass(parameters),
            (i, _, pass) =>
            {
                logits[i] = parameters.Run(rows[i], pass);
                return pass;
            },
            static _ => { });
        return logits;
    }

    private static double Auprc(float[] logits, TrainingRow[] rows) =>
        GuardMetrics.Compute(
            [.. logits.Zip(rows, static (logit, row) => new ScoredLabel(1 / (1 + Math.Exp(-logit)), row.Unsafe))],
            new MetricsOptions { Resamples = 0 }).Auprc!.Value;

    private static int HashCode(int seed, int epoch) => unchecked((seed * 1_000_003) + epoch);
}
