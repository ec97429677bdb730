using Picket.Training.Optimisation;

namespace Picket.Training.Augmentation;

/// <summary>
/// Easy Data Augmentation (Wei and Zou 2019, section 2): copies of a text in which words are replaced by synonyms, inserted, swapped or left
/// out. Immutable, and as safe for several threads as its synonyms.
/// </summary>
/// <remarks>
/// As the paper describes the operations. Case and punctuation stay where they are, which the paper's own program takes away from copies and
/// originals alike: a guard that reads both would tell the two apart.
/// </remarks>
public sealed class EdaAugmenter
{
    private readonly EdaOptions _options;
    private readonly EdaOperation[] _operations;

    /// <summary>Creates an augmenter.</summary>
    /// <param name="synonyms">Synonyms, for instance <see cref="WordNet"/>.</param>
    /// <param name="options">Rates, copies and seed; the defaults when <see langword="null"/>.</param>
    /// <exception cref="PicketException">An option is out of its range; all faults are named.</exception>
    public EdaAugmenter(ISynonyms synonyms, EdaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(synonyms);
        _options = options ?? new EdaOptions();
        SettingFault.ThrowIfAny(_options.Faults());
        _operations =
        [
            .. new (double Rate, EdaOperation Operation)[]
            {
                (_options.SynonymRate, (words, random) => EdaOperations.Replace(words, CountOf(_options.SynonymRate, words), synonyms, random)),
                (_options.InsertionRate, (words, random) => EdaOperations.Insert(words, CountOf(_options.InsertionRate, words), synonyms, random)),
                (_options.SwapRate, (words, random) => EdaOperations.Swap(words, CountOf(_options.SwapRate, words), random)),
                (_options.DeletionRate, (words, random) => EdaOperations.Delete(words, _options.DeletionRate, random)),
            }.Where(static pair => pair.Rate > 0).Select(static pair => pair.Operation),
        ];
    }

    private delegate void EdaOperation(List<string> words, EdaRandom random);

    /// <summary>The copies of a text: they follow from the seed, <paramref name="row"/> and the text alone.</summary>
    /// <param name="text">The text; runs of whitespace count as one space.</param>
    /// <param name="row">The row's number, so that equal texts get different copies.</param>
    /// <returns>
    /// At most <see cref="EdaOptions.Copies"/> texts: a copy that equals the text or an earlier copy is left out, as happens with short texts.
    /// </returns>
    public IReadOnlyList<string> Augment(string text, long row)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var copies = new List<string>();
        if (words.Length == 0)
        {
            return copies;
        }

        var seen = new HashSet<string> { string.Join(' ', words) };
        int[] order = [.. Enumerable.Range(0, _operations.Length)];
        new EdaRandom(SplitMix.Seed(_options.Seed, row)).Shuffle(order);
        for (int i = 0; i < _options.Copies; i++)
        {
            List<string> copy = [.. words];
            _operations[order[i % order.Length]](copy, new EdaRandom(SplitMix.Seed(_options.Seed, row, i)));
            string joined = string.Join(' ', copy);
            if (seen.Add(joined))
            {
                copies.Add(joined);
            }
        }

        return copies;
    }

    private static int CountOf(double rate, List<string> words) => Math.Max(1, (int)(rate * words.Count));
}
