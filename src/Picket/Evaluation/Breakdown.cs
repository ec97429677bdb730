namespace Picket.Evaluation;

/// <summary>Metrics by category or by source.</summary>
/// <param name="Groups">The largest groups, largest first, at most <see cref="MaxGroups"/>; rows without a name are in none.</param>
/// <param name="GroupsLeftOut">Smaller groups that are not listed.</param>
public sealed record Breakdown(IReadOnlyList<BreakdownGroup> Groups, int GroupsLeftOut)
{
    /// <summary>Groups listed at most.</summary>
    public const int MaxGroups = 50;

    /// <summary>Rows from which a group's figures have intervals: below, a resample says little.</summary>
    public const int MinRowsForIntervals = 10;

    internal static Breakdown Compute(
        IEnumerable<(string? Name, ScoredLabel Row)> rows, MetricsOptions options, CancellationToken cancellationToken)
    {
        (string Name, ScoredLabel[] Rows)[] groups =
        [
            .. rows.Where(row => row.Name is not null)
                .GroupBy(row => row.Name!, row => row.Row, StringComparer.Ordinal)
                .Select(group => (group.Key, group.ToArray()))
                .OrderByDescending(group => group.Item2.Length)
                .ThenBy(group => group.Key, StringComparer.Ordinal),
        ];
        return new Breakdown(
            [.. groups.Take(MaxGroups).Select(group => new BreakdownGroup(group.Name, Metrics(group.Rows)))],
            Math.Max(0, groups.Length - MaxGroups));

        GuardMetrics Metrics(ScoredLabel[] members) => GuardMetrics.Compute(
            members, members.Length < MinRowsForIntervals ? options with { Resamples = 0 } : options, cancellationToken);
    }
}

/// <summary>The metrics of the rows that share a category or a source.</summary>
/// <param name="Name">The category or source, as the data gives it.</param>
/// <param name="Metrics">Their metrics; rows of one class leave one figure only.</param>
public sealed record BreakdownGroup(string Name, GuardMetrics Metrics);
