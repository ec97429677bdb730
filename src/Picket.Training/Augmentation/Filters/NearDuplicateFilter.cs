namespace Picket.Training.Augmentation;

/// <summary>
/// Drops texts whose shingles have a Jaccard index with those of an earlier text that reaches the threshold (MinHash with banding, each
/// candidate verified by the exact index). A text that is dropped is not compared with later ones.
/// </summary>
/// <remarks>
/// Case, punctuation, spacing and cheap evasions do not count. A kept text takes about 4 bytes a character and 1.3 KB. The same options give
/// the same hits on every machine. 100,000 instructions take about 3 s and 170 MB (measured under load); as many from one template with three
/// words to fill in, where time grows with the square, about a minute of processor time. Not safe for several threads at once.
/// </remarks>
public sealed class NearDuplicateFilter : ITextFilter
{
    private readonly MinHashIndex _index;
    private readonly List<string> _ids = [];

    /// <summary>Creates a filter that knows no text.</summary>
    /// <param name="options">The threshold and the rest; the defaults when <see langword="null"/>.</param>
    /// <exception cref="PicketException">An option is out of its range; all faults are named.</exception>
    public NearDuplicateFilter(MinHashOptions? options = null) => _index = new MinHashIndex(options ?? new MinHashOptions());

    /// <inheritdoc/>
    public FilterHit? Add(string id, string text)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(text);
        MinHashIndex.Sketch sketch = _index.Of(FilterText.Of(text));
        if (_index.Nearest(sketch) is { } near)
        {
            return new FilterHit(FilterRules.NearDuplicate, _ids[near.Index], near.Jaccard);
        }

        _index.Add(sketch);
        _ids.Add(id);
        return null;
    }
}
