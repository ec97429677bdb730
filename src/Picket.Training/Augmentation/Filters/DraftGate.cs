using Picket.Data;

namespace Picket.Training.Augmentation;

/// <summary>
/// Decides in the drafts' order which are kept: evaluation rows first, then the cap, then the filters, which remember what passes. So what the
/// cap drops does not stand in the way of a later text.
/// </summary>
internal sealed class DraftGate
{
    private readonly Decontaminator _evaluation;
    private readonly ITextFilter[] _filters;
    private readonly double _maxUnsafeShare;

    public DraftGate(SeedRows seeds, Decontaminator evaluation, bool dropsNearDuplicates, AugmentationOptions options)
    {
        _evaluation = evaluation;
        _maxUnsafeShare = options.MaxUnsafeShare;
        _filters = dropsNearDuplicates
            ? [new ExactDuplicateFilter(), new NearDuplicateFilter(options.NearDuplicates)]
            : [new ExactDuplicateFilter()];
        foreach (Example seed in seeds.Rows)
        {
            foreach (ITextFilter filter in _filters)
            {
                filter.Add(seed.Id, seed.Prompt);
            }
        }

        if (options.SeedRows)
        {
            Rows = seeds.Rows.Count;
            UnsafeRows = seeds.Rows.Count(static row => row.Unsafe == true);
        }
    }

    /// <summary>Rows of the output so far, responses that did not come included.</summary>
    public long Rows { get; private set; }

    /// <summary>Those of them that count as unsafe.</summary>
    public long UnsafeRows { get; private set; }

    /// <summary>Why the next draft is dropped; <see langword="null"/> where it is kept.</summary>
    public string? Drop(Draft draft)
    {
        string? rule = draft.Dropped ?? _evaluation.Check(draft.Text)?.Rule;
        if (rule is null && draft.UnsafeRows > 0 && UnsafeRows + draft.UnsafeRows > _maxUnsafeShare * (Rows + draft.Rows))
        {
            rule = DropRules.OverUnsafeShare;
        }

        foreach (ITextFilter filter in _filters)
        {
            rule ??= filter.Add(draft.Id, draft.Text)?.Rule;
        }

        if (rule is null)
        {
            Rows += draft.Rows;
            UnsafeRows += draft.UnsafeRows;
        }

        return rule;
    }
}
