namespace Picket.Training.Optimisation;

/// <summary>
/// Which rows an update takes: a function of the seed and the update's number alone, so that a resumed training draws what an uninterrupted
/// one draws. An epoch has as many draws as there are rows; its last batch may be shorter.
/// </summary>
/// <remarks>
/// Balanced: each draw picks a class and then a row of it, with replacement, which is what weights of 1 / class count come to (METHODS 1.6).
/// Otherwise every epoch is a shuffle of all rows. Not for several threads.
/// </remarks>
internal sealed class BatchSampler
{
    private readonly TrainingSettings _settings;
    private readonly int _rows;
    private readonly int[]? _unsafe;
    private readonly int[]? _safe;
    private int[] _order = [];
    private long _orderEpoch = -1;

    /// <summary>A sampler of <paramref name="rows"/> rows.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="isUnsafe">The class of each; used, and needed, where the settings ask for balance. Both classes occur.</param>
    /// <param name="settings">Batch size, epochs, seed and balance.</param>
    public BatchSampler(int rows, Func<int, bool>? isUnsafe, TrainingSettings settings)
    {
        _rows = rows;
        _settings = settings;
        StepsPerEpoch = (rows + settings.BatchSize - 1) / settings.BatchSize;
        long all = StepsPerEpoch * settings.Epochs;
        Steps = settings.Steps > 0 ? Math.Min(settings.Steps, all) : all;
        if (settings.Balanced)
        {
            ArgumentNullException.ThrowIfNull(isUnsafe);
            _unsafe = [.. Enumerable.Range(0, rows).Where(isUnsafe)];
            _safe = [.. Enumerable.Range(0, rows).Where(row => !isUnsafe(row))];
        }
    }

    /// <summary>Updates an epoch has.</summary>
    public long StepsPerEpoch { get; }

    /// <summary>Updates the training has.</summary>
    public long Steps { get; }

    /// <summary>The epoch of an update, both from 1.</summary>
    public int Epoch(long step) => (int)((step - 1) / StepsPerEpoch) + 1;

    /// <summary>Whether an update, from 1, is the last of its epoch or of all.</summary>
    public bool EndsEpoch(long step) => step % StepsPerEpoch == 0 || step == Steps;

    /// <summary>The rows of an update, from 1.</summary>
    public int[] Batch(long step)
    {
        long epoch = (step - 1) / StepsPerEpoch;
        int first = (int)((step - 1) % StepsPerEpoch) * _settings.BatchSize;
        int count = Math.Min(_settings.BatchSize, _rows - first);
        return _unsafe is null ? Order(epoch).AsSpan(first, count).ToArray() : Draw(step, count);
    }

    private int[] Draw(long step, int count)
    {
        var random = new SplitMix(SplitMix.Seed(_settings.Seed, step));
        int[] batch = new int[count];
        for (int i = 0; i < count; i++)
        {
            int[] rows = random.Below(2) == 1 ? _unsafe! : _safe!;
            batch[i] = rows[random.Below(rows.Length)];
        }

        return batch;
    }

    private int[] Order(long epoch)
    {
        if (_orderEpoch != epoch)
        {
            _order = [.. Enumerable.Range(0, _rows)];
            _orderEpoch = epoch;

            // Epochs have negative numbers, so that none shares a seed with an update.
            var random = new SplitMix(SplitMix.Seed(_settings.Seed, -1 - epoch));
            for (int i = _rows - 1; i > 0; i--)
            {
                int j = random.Below(i + 1);
                (_order[i], _order[j]) = (_order[j], _order[i]);
            }
        }

        return _order;
    }
}
