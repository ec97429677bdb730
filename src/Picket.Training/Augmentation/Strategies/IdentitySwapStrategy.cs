using Picket.Data;
using Picket.Fairness;
using Picket.Training.Optimisation;

namespace Picket.Training.Augmentation;

/// <summary>
/// Counterfactual term balancing: copies of the seed rows that name a group, with another one in its place and the same label. So a term tells a
/// student less of the label, or nothing where the copies are enough.
/// </summary>
/// <remarks>
/// After the balanced data of Dixon et al. 2018, whose further rows were texts from elsewhere; copies with another term are those of
/// counterfactual data augmentation. The first term of a row is replaced, in prompt and response, by those that are rarest under its label
/// (<see cref="TermBalance"/>). Rows whose prompt a later training may hold out are left out, or their copies would be learned from.
/// </remarks>
internal sealed class IdentitySwapStrategy : IAugmentationStrategy
{
    private readonly List<(Draft Draft, Example Row)> _made = [];

    /// <summary>Makes the copies.</summary>
    /// <param name="seeds">The seed rows; those without a label or a term are passed over.</param>
    /// <param name="terms">What stands in for what.</param>
    /// <param name="copies">Copies of a row.</param>
    /// <param name="seed">Decides between terms that are equally rare.</param>
    /// <exception cref="PicketException">No row names a term.</exception>
    public IdentitySwapStrategy(SeedRows seeds, IReadOnlyList<IdentityTerm> terms, int copies, long seed)
    {
        var text = new IdentityText(terms);
        var balance = new TermBalance(terms);
        var found = new List<(Example Row, bool Unsafe, IReadOnlyList<IdentityTerm> Terms)>();
        foreach (Example row in seeds.Rows)
        {
            if (row.Unsafe is { } label && text.Find(row.Prompt) is [var first, ..] named && !HeldOut.Has(row.Prompt, SwapStrategy.HeldOutShare))
            {
                found.Add((row, label, named));
                balance.Add(first, label);
            }
        }

        if (found.Count == 0)
        {
            throw new PicketException($"seed rows: expected labelled prompts that name one of {terms.Count} identity terms, found none");
        }

        for (int i = 0; i < found.Count; i++)
        {
            (Example row, bool label, IReadOnlyList<IdentityTerm> named) = found[i];
            var random = new SplitMix(SplitMix.Seed(seed, i));
            foreach (IdentityTerm term in balance.Rarest(copies, named[0].Form, label, named, random))
            {
                balance.Add(term, label);
                Add(row, label, text.Swap(row.Prompt, named[0], term), row.Response is { } said ? text.Swap(said, named[0], term) : null);
            }
        }
    }

    public string Name => "identity-swap";

    public int Count => _made.Count;

    public bool DropsNearDuplicates => false;

    public Task<Draft> DraftAsync(int number, CancellationToken cancellationToken) => Task.FromResult(_made[number].Draft);

    public Task<IReadOnlyList<(string Kind, Example Row)>> RowsAsync(Draft draft, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(string, Example)>>([("swap", _made[draft.Number].Row)]);

    private void Add(Example parent, bool label, string prompt, string? response)
    {
        Example row = parent with
        {
            Id = $"{parent.Id}-{Name}-{_made.Count}",
            Prompt = prompt,
            Response = response,
            UnsafeProbability = null,
            Source = Name,
            Split = SeedRows.Train,
            ParentId = parent.Id,
            UnknownFields = null,
        };
        var draft = new Draft(_made.Count, row.Id, parent, response is null ? prompt : $"{prompt}\n{response}", Dropped: null)
        {
            Benign = !label,
            Rows = 1,
            UnsafeRows = label ? 1 : 0,
        };
        _made.Add((draft, row));
    }
}
