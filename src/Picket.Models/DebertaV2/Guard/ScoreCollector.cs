namespace Picket.Models.DebertaV2;

/// <summary>What is known so far of each input of a call: its highest window's probability and features. Reused from call to call.</summary>
internal sealed class ScoreCollector
{
    private Entry[] _entries = [];
    private int _count;

    /// <summary>Makes room for the inputs of a call.</summary>
    public void Begin(int count)
    {
        if (_entries.Length < count)
        {
            _entries = new Entry[count];
        }

        _count = count;
        _entries.AsSpan(0, count).Clear();
    }

    /// <summary>Takes one window's result.</summary>
    /// <param name="input">The input it belongs to.</param>
    /// <param name="tokens">Tokens of the window.</param>
    /// <param name="probability">Its probability of being unsafe.</param>
    /// <param name="features">The vector of its first token.</param>
    public void Add(int input, int tokens, double probability, ReadOnlySpan<float> features)
    {
        ref Entry entry = ref _entries[input];
        entry.Tokens += tokens;
        entry.Windows++;
        if (entry.Features is null || probability > entry.Probability)
        {
            entry.Probability = probability;
            entry.Features ??= new float[features.Length];
            features.CopyTo(entry.Features);
        }
    }

    /// <summary>The scores of all inputs; the collector keeps nothing of them.</summary>
    public GuardScore[] Finish()
    {
        var scores = new GuardScore[_count];
        for (int i = 0; i < scores.Length; i++)
        {
            Entry entry = _entries[i];
            scores[i] = new GuardScore(entry.Probability, entry.Features, entry.Tokens, entry.Windows);
        }

        Begin(0);
        return scores;
    }

    private struct Entry
    {
        public double Probability;
        public float[]? Features;
        public int Tokens;
        public int Windows;
    }
}
