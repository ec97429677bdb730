namespace Picket.Ablation;

/// <summary>
/// What follows some pieces, and the same pieces with one more before them: a tree that is read backwards from the piece to come.
/// </summary>
internal sealed class History
{
    private readonly Dictionary<int, int> _seen = [];
    private Dictionary<int, int> _counts = [];
    private int[] _next = [];
    private double[] _shares = [];

    /// <summary>Histories with one more piece before this one's, by that piece.</summary>
    public Dictionary<int, History> Earlier { get; } = [];

    /// <summary>What is left for the next shorter history: gamma in Chen and Goodman's section 3.</summary>
    public double Left { get; private set; }

    /// <summary>The counts that the probabilities come from, once <see cref="Adjust"/> has been called.</summary>
    public IEnumerable<int> Counts => _counts.Values;

    /// <summary>The history with <paramref name="piece"/> before this one.</summary>
    public History After(int piece)
    {
        if (!Earlier.TryGetValue(piece, out History? longer))
        {
            longer = new History();
            Earlier[piece] = longer;
        }

        return longer;
    }

    /// <summary>Counts what followed.</summary>
    public void Count(int next) => _seen[next] = _seen.GetValueOrDefault(next) + 1;

    /// <summary>
    /// Counts, in place of how often a piece followed, after how many different pieces before this history it did (Kneser and Ney 1995). A
    /// history that is a text's beginning has nothing before it, and the longest ones have nothing counted: they keep what they have seen.
    /// </summary>
    public void Adjust()
    {
        if (Earlier.Count == 0)
        {
            _counts = _seen;
            return;
        }

        foreach (int next in Earlier.Values.SelectMany(static longer => longer._seen.Keys))
        {
            _counts[next] = _counts.GetValueOrDefault(next) + 1;
        }
    }

    /// <summary>Turns counts into shares: c(h w) less its discount, over the sum of the counts.</summary>
    public void Freeze(Discounts discounts)
    {
        double total = _counts.Values.Sum();
        _next = [.. _counts.Keys];
        _shares = [.. _counts.Values.Select(count => (count - discounts.Of(count)) / total)];
        Left = _counts.Values.Sum(discounts.Of) / total;
    }

    /// <summary>
    /// From the next shorter history's probabilities to this one's: p(w | h) = share(w) + gamma p(w | h'), with h' one piece shorter.
    /// </summary>
    public void Apply(Span<double> probabilities)
    {
        foreach (ref double probability in probabilities)
        {
            probability *= Left;
        }

        for (int i = 0; i < _next.Length; i++)
        {
            probabilities[_next[i]] += _shares[i];
        }
    }
}
