using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Picket.Server;

/// <summary>Gives a guard the inputs of many requests at once, in the order they came, up to a budget of tokens.</summary>
/// <remarks>
/// <para>Nothing waits for company: what came while the guard was busy goes together. An input beyond the budget goes alone. The queue has no end
/// of its own; <see cref="LoadGate"/> bounds what enters the server.</para>
/// <para>A batch that fails is scored again input by input, so that nobody's request fails by another's text. An input whose request is cancelled
/// leaves the queue unscored.</para>
/// </remarks>
internal sealed class BatchingGuard : IGuard
{
    private readonly IGuard _inner;
    private readonly int _budget;
    private readonly TimeProvider _clock;
    private readonly Action<TimeSpan>? _waited;
    private readonly Channel<Entry> _queue = Channel.CreateUnbounded<Entry>();
    private readonly Lock _taking = new();
    private readonly Task[] _workers;

    /// <summary>Starts the workers.</summary>
    /// <param name="inner">Scores; disposed with this guard.</param>
    /// <param name="options">The budget and the number of batches at a time.</param>
    /// <param name="clock">Measures the wait in the queue.</param>
    /// <param name="waited">Told of every input's wait.</param>
    public BatchingGuard(IGuard inner, QueueOptions options, TimeProvider clock, Action<TimeSpan>? waited = null)
    {
        _inner = inner;
        _budget = options.BatchTokens;
        _clock = clock;
        _waited = waited;
        _workers = [.. Enumerable.Range(0, options.Batches).Select(_ => Task.Run(WorkAsync))];
    }

    public GuardDescription Description => _inner.Description;

    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        DateTimeOffset queued = _clock.GetUtcNow();
        var entries = new Entry[inputs.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new Entry(inputs[i], _clock.GetTimestamp(), cancellationToken);
            ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(entries[i]), this);
        }

        GuardScore[] scores = await Task.WhenAll(entries.Select(static entry => entry.Score.Task)).WaitAsync(cancellationToken);
        TimeSpan wait = entries.Length == 0 ? TimeSpan.Zero : entries.Max(static entry => entry.Wait);
        StageTimes.Current?.Add(StageTimes.Queue, wait);
        using Activity? span = ServerMetrics.Spans.StartActivity(
            StageTimes.Queue, ActivityKind.Internal, default(ActivityContext), startTime: queued);
        span?.SetEndTime((queued + wait).UtcDateTime);
        return scores;
    }

    /// <summary>Scores what is in the queue, then disposes the guard.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_workers);
        await _inner.DisposeAsync();
    }

    private async Task WorkAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            List<Entry> batch = Take();
            if (batch.Count > 0 && await FaultAsync(batch) is { } fault)
            {
                await ScoreOneByOneAsync(batch, fault);
            }
        }
    }

    private List<Entry> Take()
    {
        var batch = new List<Entry>();
        long tokens = 0;
        lock (_taking)
        {
            while (_queue.Reader.TryPeek(out Entry? next) && (batch.Count == 0 || tokens + next.Tokens <= _budget))
            {
                _queue.Reader.TryRead(out _);
                if (next.Cancelled.IsCancellationRequested)
                {
                    next.Score.TrySetCanceled(next.Cancelled);
                    continue;
                }

                next.Wait = _clock.GetElapsedTime(next.Queued);
                _waited?.Invoke(next.Wait);
                tokens += next.Tokens;
                batch.Add(next);
            }
        }

        return batch;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Handed to who asked.")]
    private async Task<Exception?> FaultAsync(IReadOnlyList<Entry> batch)
    {
        try
        {
            // A lone input takes its request's token with it; a batch runs on while one of its requests leaves.
            CancellationToken token = batch.Count == 1 ? batch[0].Cancelled : CancellationToken.None;
            IReadOnlyList<GuardScore> scores;
            using (StartSpan(batch))
            {
                scores = await _inner.ScoreAsync([.. batch.Select(static entry => entry.Input)], token);
            }

            if (scores?.Count != batch.Count)
            {
                return new PicketException($"guard {Description.Name}: expected {batch.Count} scores, found {scores?.Count ?? 0}");
            }

            for (int i = 0; i < batch.Count; i++)
            {
                batch[i].Score.TrySetResult(scores[i]);
            }

            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    // In the first one's trace, with links to the others'.
    private static Activity? StartSpan(IReadOnlyList<Entry> batch)
    {
        ActivityContext[] traces = [.. batch.Select(static entry => entry.Trace).Where(static trace => trace != default)];
        return traces.Length == 0
            ? null
            : ServerMetrics.Spans.StartActivity(
                "batch", ActivityKind.Internal, traces[0], links: traces[1..].Select(static trace => new ActivityLink(trace)));
    }

    private async Task ScoreOneByOneAsync(List<Entry> batch, Exception fault)
    {
        foreach (Entry entry in batch)
        {
            Exception? own = batch.Count == 1 ? fault : await FaultAsync([entry]);
            if (own is not null)
            {
                entry.Score.TrySetException(own);

                // Who cancelled waits no more; unobserved, the exception would surface on the finaliser's thread.
                _ = entry.Score.Task.Exception;
            }
        }
    }

    private sealed class Entry(GuardInput input, long queued, CancellationToken cancelled)
    {
        public GuardInput Input => input;

        public long Tokens { get; } = TextTokens.Of(input);

        public long Queued => queued;

        public CancellationToken Cancelled => cancelled;

        public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

        public TimeSpan Wait { get; set; }

        // Continuations elsewhere: a worker must not run a request's next step.
        public TaskCompletionSource<GuardScore> Score { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
