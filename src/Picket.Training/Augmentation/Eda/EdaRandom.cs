using Picket.Training.Optimisation;

namespace Picket.Training.Augmentation;

/// <summary>The draws of one copy.</summary>
internal sealed class EdaRandom(ulong seed)
{
    private SplitMix _random = new(seed);

    public int Below(int count) => _random.Below(count);

    /// <summary>In [0, 1).</summary>
    public double Unit() => (_random.Next() >> 11) * (1.0 / (1UL << 53));

    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
