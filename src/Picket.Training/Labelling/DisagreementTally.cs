using Picket.Data;

namespace Picket.Training.Labelling;

/// <summary>Counts row by row, in memory that grows with the number of sources and categories only.</summary>
internal sealed class DisagreementTally(double threshold, int surprisingRows)
{
    private const int Bins = 20;
    private readonly Counts _overall = new();
    private readonly Dictionary<string, Counts> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Counts> _categories = new(StringComparer.Ordinal);
    private readonly int[,] _histogram = new int[Bins, 3];

    // The least surprising first; of equals the one that comes last.
    private readonly PriorityQueue<SurprisingRow, (double Surprise, int Earliness)> _surprising = new();

    public int Rows => _overall.Rows;

    public Disagreement Overall => _overall.ToDisagreement();

    public DisagreementBreakdown Sources => Breakdown(_sources);

    public DisagreementBreakdown Categories => Breakdown(_categories);

    public IReadOnlyList<ProbabilityBin> Histogram =>
    [
        .. Enumerable.Range(0, Bins).Select(bin => new ProbabilityBin(
            (double)bin / Bins, (double)(bin + 1) / Bins, _histogram[bin, 0], _histogram[bin, 1], _histogram[bin, 2])),
    ];

    public IReadOnlyList<SurprisingRow> Surprising =>
        [.. _surprising.UnorderedItems.Select(item => item.Element).OrderByDescending(row => row.Surprise).ThenBy(row => row.Row)];

    /// <summary>Counts the next row, with the label that it came with.</summary>
    public void Add(Example row, double probability)
    {
        bool teacher = probability >= threshold;
        _overall.Add(row.Unsafe, teacher);
        Group(_sources, row.Source)?.Add(row.Unsafe, teacher);
        Group(_categories, row.Category)?.Add(row.Unsafe, teacher);
        _histogram[Math.Min((int)(probability * Bins), Bins - 1), row.Unsafe switch { false => 0, true => 1, null => 2 }]++;
        if (row.Unsafe is { } label && label != teacher)
        {
            var surprising = new SurprisingRow(Rows, RowName.IdOf(row), row.Source, row.Category, probability, label);
            _surprising.Enqueue(surprising, (surprising.Surprise, -Rows));
            if (_surprising.Count > surprisingRows)
            {
                _surprising.Dequeue();
            }
        }
    }

    private static Counts? Group(Dictionary<string, Counts> groups, string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (!groups.TryGetValue(name, out Counts? group))
        {
            groups[name] = group = new Counts();
        }

        return group;
    }

    private static DisagreementBreakdown Breakdown(Dictionary<string, Counts> groups)
    {
        DisagreementGroup[] listed =
        [
            .. groups.Select(group => new DisagreementGroup(group.Key, group.Value.ToDisagreement()))
                .OrderByDescending(group => group.Labels.Disagreeing)
                .ThenByDescending(group => group.Labels.Rows)
                .ThenBy(group => group.Name, StringComparer.Ordinal)
                .Take(DisagreementBreakdown.MaxGroups),
        ];
        return new DisagreementBreakdown(listed, groups.Count - listed.Length);
    }

    private sealed class Counts
    {
        private readonly int[,] _cells = new int[2, 3];

        public int Rows { get; private set; }

        public void Add(bool? label, bool teacher)
        {
            Rows++;
            _cells[teacher ? 1 : 0, label switch { false => 0, true => 1, null => 2 }]++;
        }

        public Disagreement ToDisagreement() => new(
            Rows, _cells[1, 0] + _cells[1, 1] + _cells[1, 2], _cells[1, 1], _cells[0, 0], _cells[1, 0], _cells[0, 1]);
    }
}
