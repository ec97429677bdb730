using Picket.Data;

namespace Picket.Training.Augmentation;

/// <summary>Copies of every seed row with words of its prompt changed. They keep its label, and have no response but its own.</summary>
internal sealed class EdaStrategy : IAugmentationStrategy
{
    private readonly List<Draft> _drafts = [];

    public EdaStrategy(SeedRows seeds, ISynonyms synonyms, EdaOptions options)
    {
        var augmenter = new EdaAugmenter(synonyms, options);
        for (int row = 0; row < seeds.Rows.Count; row++)
        {
            Example parent = seeds.Rows[row];
            IReadOnlyList<string> copies = augmenter.Augment(parent.Prompt, row);
            _drafts.AddRange(copies.Select((text, copy) => new Draft(_drafts.Count + copy, $"{parent.Id}-{Name}-{copy}", parent, text, Dropped: null)
            {
                Benign = parent.Unsafe == false,
                Rows = 1,
                UnsafeRows = parent.Unsafe == true ? 1 : 0,
            }));
        }
    }

    public string Name => "eda";

    public int Count => _drafts.Count;

    public bool DropsNearDuplicates => false;

    public Task<Draft> DraftAsync(int number, CancellationToken cancellationToken) => Task.FromResult(_drafts[number]);

    public Task<IReadOnlyList<(string Kind, Example Row)>> RowsAsync(Draft draft, CancellationToken cancellationToken)
    {
        Example row = draft.Parent with
        {
            Id = draft.Id,
            Prompt = draft.Text,
            UnsafeProbability = null,
            Source = Name,
            Split = SeedRows.Train,
            ParentId = draft.Parent.Id,
            UnknownFields = null,
        };
        return Task.FromResult<IReadOnlyList<(string, Example)>>([("copy", row)]);
    }
}
