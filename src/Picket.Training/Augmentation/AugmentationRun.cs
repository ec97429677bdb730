using Picket.Data;

namespace Picket.Training.Augmentation;

/// <summary>
/// Takes drafts through the filters to rows: many are under way at a time, but each is decided on, and its rows written, in its turn, so that
/// nothing depends on which came first.
/// </summary>
internal sealed class AugmentationRun(IAugmentationStrategy strategy, DraftGate gate, int window)
{
    private readonly DraftTally _all = new();
    private readonly DraftTally _benign = new();
    private readonly List<string> _texts = [];
    private int _done;

    /// <summary>What became of all drafts.</summary>
    public GenerationCounts Counts => _all.Counts();

    /// <summary>What became of the harmless ones.</summary>
    public GenerationCounts BenignCounts => _benign.Counts();

    /// <summary>The drafts that were kept.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Rows that were written, by kind.</summary>
    public SortedDictionary<string, int> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes the rows of every draft that is kept; tells <paramref name="report"/> how many are done and kept.</summary>
    /// <exception cref="PicketException">A server is gone, or a file cannot be written; nothing is under way any more.</exception>
    public async Task WriteAsync(ExampleWriter writer, Action<int, int> report, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var drafting = new Queue<Task<Draft>>();
        var finishing = new Queue<Task<IReadOnlyList<(string Kind, Example Row)>>>();
        PicketException? gone = null;
        int next = 0;
        try
        {
            while (_done < strategy.Count)
            {
                while (drafting.Count < window && next < strategy.Count)
                {
                    drafting.Enqueue(Watched(strategy.DraftAsync(next++, stop.Token)));
                }

                if (drafting.Count == 0 || finishing.Count == window || (finishing.TryPeek(out var oldest) && oldest.IsCompleted))
                {
                    await KeepAsync(await finishing.Peek());
                    _ = finishing.Dequeue();
                }
                else
                {
                    Decide(await drafting.Peek());
                    _ = drafting.Dequeue();
                }
            }
        }
        catch (Exception) when (gone is not null && !cancellationToken.IsCancellationRequested)
        {
            // Whatever came first: the others were stopped because of it.
            throw gone;
        }
        finally
        {
            await stop.CancelAsync();
            foreach (Task left in drafting.Concat<Task>(finishing))
            {
                await left.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        void Decide(Draft draft)
        {
            string? dropped = gate.Drop(draft);
            _all.Add(dropped);
            if (draft.Benign)
            {
                _benign.Add(dropped);
            }

            if (dropped is null)
            {
                _texts.Add(draft.Text);
            }

            finishing.Enqueue(dropped is null
                ? Watched(strategy.RowsAsync(draft, stop.Token))
                : Task.FromResult<IReadOnlyList<(string, Example)>>([]));
            report(_done, _texts.Count);
        }

        async Task KeepAsync(IReadOnlyList<(string Kind, Example Row)> rows)
        {
            foreach ((string kind, Example row) in rows)
            {
                await writer.WriteAsync(row, cancellationToken);
                AnswerTally.Increment(Rows, kind);
            }

            report(++_done, _texts.Count);
        }

        async Task<T> Watched<T>(Task<T> task)
        {
            try
            {
                return await task;
            }
            catch (PicketException fault)
            {
                Interlocked.CompareExchange(ref gone, fault, null);
                await stop.CancelAsync();
                throw;
            }
        }
    }
}
