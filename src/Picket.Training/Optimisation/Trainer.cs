using Picket.Compute;

namespace Picket.Training.Optimisation;

/// <summary>The training loop: batches to gradients to updates, evaluations, checkpoints.</summary>
/// <remarks>
/// What an update does follows from the seed, its number and the parameters alone. A training that is killed and resumed therefore has the
/// same loss curve and the same final parameters, bit for bit, as one that was not; updates after the last checkpoint are made again.
/// </remarks>
/// <typeparam name="TRow">A row, as the model takes it.</typeparam>
public sealed class Trainer<TRow> : IDisposable
{
    private const int MostIdsShown = 20;

    private readonly IObjective<TRow> _objective;
    private readonly TrainingSettings _settings;
    private readonly TrainingPlan<TRow> _plan;
    private readonly AdamW _optimiser;
    private readonly BatchSampler _sampler;
    private readonly LearningRateSchedule _schedule;
    private readonly TrainingState _state;

    /// <summary>A trainer at update 0.</summary>
    /// <param name="objective">The model; its parameters are what the training begins with.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="plan">On what.</param>
    /// <param name="context">Threads; the caller disposes of it later.</param>
    public Trainer(IObjective<TRow> objective, TrainingSettings settings, TrainingPlan<TRow> plan, ComputeContext context)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(plan);
        _objective = objective;
        _settings = settings;
        _plan = plan;
        _optimiser = new AdamW(objective.Parameters, settings, context);
        _sampler = new BatchSampler(plan.Rows.Count, plan.Unsafe, settings);
        _schedule = new LearningRateSchedule(settings.LearningRate, settings.WarmupSteps, _sampler.Steps);
        var identity = new Dictionary<string, string>(plan.Identity)
        {
            ["the initial weights"] = StateFile.Hash(TrainingState.Values(objective.Parameters)),
        };
        _state = new TrainingState(_optimiser, plan.Folder, identity, plan.CreateFile);
    }

    /// <summary>
    /// Trains to the end, from the start or from the checkpoint in the plan's folder. The parameters are then those of the last update.
    /// </summary>
    /// <param name="progress">Told of every update, on the calling thread.</param>
    /// <param name="cancellationToken">Seen between passes; an update that is under way is dropped, and a checkpoint written.</param>
    /// <exception cref="PicketException">
    /// The checkpoint is damaged or another training's, or cannot be written; or a loss or a gradient is no finite number, and then the
    /// parameters are those before the update.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the next call, or the next process, goes on from there.</exception>
    public TrainingHistory Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(_plan.Folder);

        // What an update that was dropped left behind.
        _optimiser.ClearGradients();
        if (_state.Step == 0)
        {
            _state.Resume();
        }

        try
        {
            if (_state.Step > 0 && IsEvaluated(_state.Step) && _state.Evaluations.LastOrDefault()?.Step != _state.Step)
            {
                FinishStep(progress, cancellationToken);
            }

            while (_state.Step < _sampler.Steps)
            {
                _state.Steps.Add(Update(_state.Step + 1, cancellationToken));
                FinishStep(progress, cancellationToken);
                if (_state.Step % _settings.CheckpointEvery == 0 || _state.Step == _sampler.Steps)
                {
                    _state.Save();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (_state.Step > Math.Max(0, _state.SavedStep))
            {
                _state.Save();
            }

            throw;
        }

        return new TrainingHistory([.. _state.Steps], [.. _state.Evaluations]);
    }

    /// <summary>Overwrites the parameters with those of the best evaluation.</summary>
    /// <returns>The update that they are of.</returns>
    /// <exception cref="PicketException">They cannot be read.</exception>
    public long LoadBest() => _state.LoadBest();

    /// <summary>Frees the optimiser's moments.</summary>
    public void Dispose() => _optimiser.Dispose();

    private TrainingStep Update(long step, CancellationToken cancellationToken)
    {
        (int Place, TRow Row)[] batch = [.. _sampler.Batch(step).Select(place => (place, _plan.Rows[place]))];
        double loss = 0;
        long tokens = 0;
        int number = 0;
        foreach ((int Place, TRow Row)[] chunk in Chunks.Cut(batch, pair => _objective.Tokens(pair.Row), _settings.ChunkSize, _settings.ChunkTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
            float share = (float)chunk.Length / batch.Length;
            TRow[] rows = [.. chunk.Select(static pair => pair.Row)];
            double chunkLoss = _objective.Accumulate(rows, share, SplitMix.Seed(_settings.Seed, step, number++));
            RequireFinite(chunkLoss, "loss", step, chunk);
            loss += chunkLoss * chunk.Length / batch.Length;
            tokens += rows.Sum(row => (long)_objective.Tokens(row));
        }

        double norm = _optimiser.GradientNorm();
        RequireFinite(norm, "gradient norm", step, batch);
        double learningRate = _schedule.At(step);
        _optimiser.Step(step, learningRate, norm);
        return new TrainingStep(step, loss, learningRate, norm, tokens);
    }

    private void FinishStep(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TrainingEvaluation? evaluation = IsEvaluated(_state.Step) ? Evaluate(cancellationToken) : null;
        int epochs = _sampler.Epoch(_sampler.Steps);
        progress?.Report(new TrainingProgress(_state.Steps[^1], _sampler.Steps, _sampler.Epoch(_state.Step), epochs, evaluation));
    }

    private bool IsEvaluated(long step) =>
        _settings.EvaluateEvery > 0 ? step % _settings.EvaluateEvery == 0 || step == _sampler.Steps : _sampler.EndsEpoch(step);

    private TrainingEvaluation Evaluate(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, double> figures = _plan.Evaluate(cancellationToken);
        double found = figures.GetValueOrDefault(_plan.Deciding, double.NaN);
        double? best = _state.Best?.Figures[_plan.Deciding];

        // A figure that is no number is never the best, unless there is no other: something has to be kept. Of equal ones the later counts:
        // an AUPRC of 1 is reached long before the loss has come down.
        bool isBest = best is not { } value
            || (double.IsNaN(value) && !double.IsNaN(found))
            || (_plan.HigherIsBetter ? found >= value : found <= value);
        var evaluation = new TrainingEvaluation(
            _state.Step, new Dictionary<string, double>(figures, StringComparer.Ordinal) { [_plan.Deciding] = found }, isBest);
        _state.Evaluations.Add(evaluation);
        if (isBest)
        {
            _state.SaveBest();
        }

        return evaluation;
    }

    private void RequireFinite(double found, string what, long step, (int Place, TRow Row)[] rows)
    {
        if (!double.IsFinite(found))
        {
            string ids = string.Join(", ", rows.Take(MostIdsShown).Select(row => _plan.Id(row.Place)));
            string more = rows.Length > MostIdsShown ? $" and {rows.Length - MostIdsShown} more" : "";
            string saved = _state.SavedStep > 0 ? $"the checkpoint of update {_state.SavedStep} is untouched" : "there is no checkpoint yet";
            throw new PicketException(
                $"update {step}: expected a {what} that is a finite number, found {found}, on rows {ids}{more}; the parameters are those of "
                + $"update {step - 1}, {saved}; a lower learning rate or a longer warm-up may help");
        }
    }
}
