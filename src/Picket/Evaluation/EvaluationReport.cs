namespace Picket.Evaluation;

/// <summary>The results of any number of guards on any number of data sets: what a report file holds.</summary>
public sealed record EvaluationReport
{
    /// <summary>The schema's version, raised when a field changes its meaning or goes.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>When the evaluation ended, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of Picket that made it.</summary>
    public required string PicketVersion { get; init; }

    /// <summary>Bootstrap resamples behind each interval.</summary>
    public required int Resamples { get; init; }

    /// <summary>The bootstrap's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>One result a guard and data set, guard by guard.</summary>
    public required IReadOnlyList<EvaluationResult> Results { get; init; }

    /// <summary>One mean a guard over its data sets; empty when there is only one data set.</summary>
    public required IReadOnlyList<MacroMean> MacroMeans { get; init; }

    /// <summary>Gathers <paramref name="results"/>.</summary>
    /// <param name="results">The results, guard by guard; guards are told apart by their name.</param>
    /// <param name="options">What the results were made with.</param>
    /// <param name="created">The time it carries.</param>
    public static EvaluationReport Create(IReadOnlyList<EvaluationResult> results, EvaluationOptions options, DateTimeOffset created)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(options);
        return new EvaluationReport
        {
            Created = created.ToUniversalTime(),
            PicketVersion = typeof(EvaluationReport).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            Resamples = options.Resamples,
            Seed = options.Seed,
            Results = results,
            MacroMeans =
            [
                .. results.GroupBy(result => result.Guard.Name, StringComparer.Ordinal)
                    .Where(guard => guard.Count() > 1)
                    .Select(guard => new MacroMean(guard.Key, guard.Count(), GuardMetrics.MacroMean([.. guard.Select(result => result.Metrics)]))),
            ],
        };
    }
}

/// <summary>A guard's figures averaged over data sets, each set counting once.</summary>
/// <param name="Guard">The guard's name.</param>
/// <param name="Datasets">How many sets there are. A figure averages those where it is defined.</param>
/// <param name="Metrics">The means, without intervals.</param>
public sealed record MacroMean(string Guard, int Datasets, GuardMetrics Metrics);
