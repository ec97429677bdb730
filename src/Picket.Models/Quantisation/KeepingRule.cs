namespace Picket.Models.Quantisation;

/// <summary>
/// Which units stay in 32-bit floats: none if the guard with all units quantised is within the tolerance; else, one after another, those that
/// change the scores most when they alone are quantised, until it is.
/// </summary>
/// <param name="tolerance">The mean difference that is allowed.</param>
/// <param name="measure">The differences when the given units are quantised.</param>
internal sealed class KeepingRule(
    double tolerance, Func<IReadOnlySet<string>, QuantisationStage, string?, Task<LogOddsDifference>> measure)
{
    /// <summary>Measures, 1 to 1 + 2 x units times.</summary>
    public async Task<KeepingOutcome> ApplyAsync(IReadOnlyList<string> units)
    {
        var quantised = new HashSet<string>(units);
        var kept = new Dictionary<string, string>();
        LogOddsDifference all = await measure(quantised, QuantisationStage.AllQuantised, null);
        LogOddsDifference now = all;
        if (now.Mean > tolerance)
        {
            foreach ((string unit, LogOddsDifference alone) in await RankAsync(units))
            {
                quantised.Remove(unit);
                kept[unit] = $"quantised alone, it changes the log-odds by {alone.Mean} on average";
                now = await measure(quantised, QuantisationStage.Keeping, unit);
                if (now.Mean <= tolerance)
                {
                    break;
                }
            }
        }

        return new KeepingOutcome(all, now, kept);
    }

    private async Task<IEnumerable<(string Unit, LogOddsDifference Alone)>> RankAsync(IReadOnlyList<string> units)
    {
        var found = new List<(string Unit, LogOddsDifference Alone)>();
        foreach (string unit in units)
        {
            found.Add((unit, await measure(new HashSet<string> { unit }, QuantisationStage.Alone, unit)));
        }

        return found.OrderByDescending(static one => one.Alone.Mean);
    }
}

/// <summary>What the rule decided.</summary>
/// <param name="All">The differences with every unit quantised.</param>
/// <param name="Now">Those with the kept units in floats.</param>
/// <param name="Kept">The units that stay in floats, each with the reason.</param>
internal sealed record KeepingOutcome(LogOddsDifference All, LogOddsDifference Now, IReadOnlyDictionary<string, string> Kept);
