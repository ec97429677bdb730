using Picket.Fairness;
using Picket.Training.Optimisation;

namespace Picket.Training.Augmentation;

/// <summary>
/// How often each term stands in rows of each label, and which one is next: always the rarest. Where all come equally often under both labels, a
/// term says nothing of the label.
/// </summary>
internal sealed class TermBalance
{
    private readonly IdentityTerm[] _terms;
    private readonly Dictionary<(IdentityTerm Term, bool Unsafe), int> _counts = [];

    public TermBalance(IReadOnlyList<IdentityTerm> terms) => _terms = [.. terms];

    public int Count(IdentityTerm term, bool isUnsafe) => _counts.GetValueOrDefault((term, isUnsafe));

    public void Add(IdentityTerm term, bool isUnsafe) => _counts[(term, isUnsafe)] = Count(term, isUnsafe) + 1;

    /// <summary>The rarest terms of a form in rows of a label, the rarest first; <paramref name="random"/> decides between equals.</summary>
    public IReadOnlyList<IdentityTerm> Rarest(int count, IdentityForm form, bool isUnsafe, IReadOnlyList<IdentityTerm> without, SplitMix random)
    {
        ulong[] draws = [.. _terms.Select(_ => random.Next())];
        return
        [
            .. _terms.Index()
                .Where(term => term.Item.Form == form && !without.Contains(term.Item))
                .OrderBy(term => Count(term.Item, isUnsafe))
                .ThenBy(term => draws[term.Index])
                .Take(count)
                .Select(static term => term.Item),
        ];
    }
}
