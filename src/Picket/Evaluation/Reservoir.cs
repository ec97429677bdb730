namespace Picket.Evaluation;

/// <summary>An even sample of a stream of unknown length (Vitter's algorithm R, 1985).</summary>
internal sealed class Reservoir<T>(int capacity, long seed)
{
    private readonly List<T> items = [];
    private SplitMix64 random = SplitMix64.ForResample(seed, int.MaxValue);
    private int seen;

    public IReadOnlyList<T> Items => items;

    public void Offer(T item)
    {
        seen++;
        if (items.Count < capacity)
        {
            items.Add(item);
        }
        else if (random.Next(seen) is var place && place < capacity)
        {
            items[place] = item;
        }
    }
}
