using Picket.Data;

namespace Picket.Training.Labelling;

/// <summary>Has the teacher score what is not in the journal yet: several batches at a time, kept in order.</summary>
internal sealed class TeacherRun(IGuard teacher, LabellerOptions options, IProgress<LabelProgress>? progress)
{
    /// <summary>Scores to the last row, a fault, or cancellation; what was scored up to then without a gap is in the journal.</summary>
    public async Task ScoreAsync(LabelInput rows, LabelJournal journal, CancellationToken cancellationToken)
    {
        int resumed = journal.Rows;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<double[]>>();
        Report();
        try
        {
            int first = resumed;
            await foreach (Example[] batch in rows.ReadAsync(cancellationToken).Skip(resumed).Chunk(options.BatchSize))
            {
                if (underWay.Count == options.Parallelism)
                {
                    await KeepNextAsync();
                }

                int number = first + 1;
                underWay.Enqueue(Task.Run(() => ScoreAsync(batch, number, stop.Token), stop.Token));
                first += batch.Length;
            }

            while (underWay.Count > 0)
            {
                await KeepNextAsync();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await KeepFinishedAsync(underWay, journal);
        }

        if (journal.Rows != rows.Rows)
        {
            throw rows.Changed();
        }

        async Task KeepNextAsync()
        {
            journal.Append(await underWay.Peek());
            _ = underWay.Dequeue();
            Report();
        }

        void Report() => progress?.Report(new LabelProgress(LabelStage.Scoring, journal.Rows, rows.Rows, resumed));
    }

    /// <summary>Keeps what was scored behind the last kept batch, up to the first that was not; a teacher may be paid by the row.</summary>
    private static async Task KeepFinishedAsync(Queue<Task<double[]>> underWay, LabelJournal journal)
    {
        bool gap = journal.Failed;
        while (underWay.TryDequeue(out Task<double[]>? batch))
        {
            await ((Task)batch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            gap |= !batch.IsCompletedSuccessfully;
            if (!gap)
            {
                journal.Append(await batch);
            }
        }
    }

    private async Task<double[]> ScoreAsync(Example[] batch, int firstNumber, CancellationToken cancellationToken)
    {
        IReadOnlyList<GuardScore> scores = await teacher.ScoreAsync([.. batch.Select(static row => row.ToInput())], cancellationToken);
        string name = teacher.Description.Name;
        if (scores.Count != batch.Length)
        {
            throw new PicketException($"guard {name}: gave {scores.Count} scores, expected {batch.Length}");
        }

        for (int i = 0; i < batch.Length; i++)
        {
            if (scores[i].UnsafeProbability is not (>= 0 and <= 1) and var found)
            {
                string row = RowName.IdOf(batch[i]) ?? $"row {firstNumber + i}";
                throw new PicketException($"guard {name}, {row}, unsafe probability: expected 0 to 1, found {found}");
            }
        }

        return [.. scores.Select(static score => score.UnsafeProbability)];
    }
}
