namespace Picket.Evaluation;

/// <summary>An even sample of a stream of unknown length (Vitter's algorithm R, 1985).</summary>
internal sealed class Reservoir<T>(int capacity, long seed)
{
    private readonly List<T> _items = [];
    private SplitMix64 _random = SplitMix64.ForResample(seed, int.MaxValue);
    private int _seen;

    public IReadOnlyList<T> Items => _items;

    public void Offer(T item)
    {
        _seen++;
        if (_items.Count < capacity)
        {
            _items.Add(item);
        }
        else if (_random.Next(_seen) is var place && place < capacity)
        {
            _items[place] = item;
        }
    }
}
