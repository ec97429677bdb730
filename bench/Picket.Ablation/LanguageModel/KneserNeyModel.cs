namespace Picket.Ablation;

/// <summary>
/// A causal language model: interpolated modified Kneser-Ney n-grams of words (Chen and Goodman 1999, section 3), the shortest of
/// them interpolated with an even share for every piece. Immutable once learned; safe to use from several threads at once.
/// </summary>
internal sealed class KneserNeyModel
{
    private readonly History _root = new();
    private readonly int _order;
    private readonly double[] _alone;

    /// <summary>Learns texts by heart, as far as n-grams reach.</summary>
    /// <param name="texts">Each is one text, from beginning to end.</param>
    /// <param name="order">Pieces of the longest n-gram, 1 to 10.</param>
    /// <exception cref="PicketException">There is no text, or the order is out of its range.</exception>
    public KneserNeyModel(IReadOnlyList<string> texts, int order)
    {
        _order = order is >= 1 and <= 10 ? order : throw new PicketException($"order: expected 1 to 10, found {order}");
        if (texts.Count == 0)
        {
            throw new PicketException("language model: expected texts to learn from, found none");
        }

        foreach (string text in texts)
        {
            Count([Vocabulary.Start, .. Pieces.Of(text).Select(Vocabulary.Add), Vocabulary.End]);
        }

        for (IReadOnlyList<History> level = [_root]; level.Count > 0; level = [.. level.SelectMany(static history => history.Earlier.Values)])
        {
            foreach (History history in level)
            {
                history.Adjust();
            }

            var discounts = Discounts.Of(level.SelectMany(static history => history.Counts));
            foreach (History history in level)
            {
                history.Freeze(discounts);
            }
        }

        _alone = new double[Vocabulary.Count];
        Array.Fill(_alone, 1.0 / (Vocabulary.Count - 1));
        _alone[Vocabulary.Start] = 0;
        _root.Apply(_alone);
    }

    /// <summary>The pieces it knows.</summary>
    public Vocabulary Vocabulary { get; } = new();

    /// <summary>How likely each piece is behind others.</summary>
    /// <param name="history">Numbers of the pieces before, the text's first one first; as many of the last as the order takes count.</param>
    /// <param name="probabilities">As many as the vocabulary has; they sum to one, and only a text's start has none.</param>
    public void Predict(ReadOnlySpan<int> history, Span<double> probabilities)
    {
        _alone.CopyTo(probabilities);
        History known = _root;
        for (int i = history.Length - 1; i >= 0 && i > history.Length - _order; i--)
        {
            if (!known.Earlier.TryGetValue(history[i], out History? longer))
            {
                return;
            }

            longer.Apply(probabilities);
            known = longer;
        }
    }

    private void Count(int[] text)
    {
        for (int next = 1; next < text.Length; next++)
        {
            History history = _root;
            history.Count(text[next]);
            for (int before = next - 1; before >= 0 && before > next - _order; before--)
            {
                history = history.After(text[before]);
                history.Count(text[next]);
            }
        }
    }
}
