namespace Picket.Compute;

/// <summary>Which of the positions that a batch meets a token has for each other token, in the order in which it rises with the other's place.</summary>
/// <param name="buckets">The model's buckets.</param>
/// <param name="mirrored">
/// False: for a key, the row of query minus key, counted from the least one. True: for a query, the same from the greatest one down.
/// </param>
internal sealed class RelativeSlots(LogBuckets buckets, bool mirrored)
{
    private int[] _slots = [];
    private int[] _first = [];
    private int _longest;
    private int _least;
    private int _greatest;

    /// <summary>Positions.</summary>
    public int Count { get; private set; }

    /// <summary>Makes the tables for sequences of up to <paramref name="longest"/> tokens.</summary>
    public void Cover(int longest)
    {
        if (longest == _longest)
        {
            return;
        }

        _longest = longest;
        _least = buckets.Row(1 - longest);
        _greatest = buckets.Row(longest - 1);
        Count = _greatest - _least + 1;
        if (_slots.Length < (2 * longest) - 1)
        {
            _slots = new int[(2 * longest) - 1];
            _first = new int[_slots.Length + 1];
        }

        _first[Count] = longest;
        for (int i = (2 * longest) - 2; i >= 0; i--)
        {
            int relative = i - (longest - 1);
            _slots[i] = mirrored ? _greatest - buckets.Row(-relative) : buckets.Row(relative) - _least;
            _first[_slots[i]] = relative;
        }
    }

    /// <summary>The slot of the other token's place minus one's own: it never falls as that rises.</summary>
    public int Slot(int relative) => _slots[relative + _longest - 1];

    /// <summary>The row of the relative embeddings that a slot stands for.</summary>
    public int Row(int slot) => mirrored ? _greatest - slot : _least + slot;

    /// <summary>The tokens of a sequence that meet any of the slots from <paramref name="slot"/> on with one of its tokens.</summary>
    public (int First, int Count) Tokens(int slot, int slots, int length)
    {
        int least = Math.Max(1 - length, _first[slot]);
        int greatest = Math.Min(length - 1, _first[slot + slots] - 1);
        int first = Math.Max(0, -greatest);
        return (first, Math.Min(length - 1, length - 1 - least) - first + 1);
    }

    /// <summary>target[slot(j - own)] = sum of source[j], zero in other slots. Near tokens have a slot each, one after the other.</summary>
    public void Scatter(ReadOnlySpan<float> source, int own, Span<float> target)
    {
        target.Clear();
        int near = Math.Max(0, own - (buckets.Buckets / 2));
        int far = Math.Min(source.Length, own + (buckets.Buckets / 2) + 1);
        source[near..far].CopyTo(target[Slot(near - own)..]);
        ReadOnlySpan<int> slots = _slots.AsSpan(_longest - 1 - own, source.Length);
        for (int j = 0; j < near; j++)
        {
            target[slots[j]] += source[j];
        }

        for (int j = far; j < source.Length; j++)
        {
            target[slots[j]] += source[j];
        }
    }
}
