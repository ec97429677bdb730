using Picket.Evaluation;
using Picket.Statistics;

namespace Picket.Fairness;

/// <summary>The verdicts of rows of one label, by template and term; what the gaps between terms are computed from.</summary>
internal sealed class VerdictTable
{
    private readonly (int[] Terms, bool[] Flagged)[] _templates;
    private readonly IReadOnlyList<string> _names;

    /// <summary>Gathers the rows.</summary>
    /// <param name="templates">For each template, the places of its rows' terms among <paramref name="names"/> and their verdicts.</param>
    /// <param name="names">The terms.</param>
    public VerdictTable(IEnumerable<(int[] Terms, bool[] Flagged)> templates, IReadOnlyList<string> names)
    {
        _templates = [.. templates];
        _names = names;
    }

    /// <summary>The gap; <see langword="null"/> where fewer than two terms have a row.</summary>
    public TermGap? Gap(FairnessOptions options, CancellationToken cancellationToken)
    {
        var ones = new int[_templates.Length];
        Array.Fill(ones, 1);
        double[] rates = Rates(ones);
        int[] known = [.. Enumerable.Range(0, rates.Length).Where(term => !double.IsNaN(rates[term]))];
        if (known.Length < 2)
        {
            return null;
        }

        Estimate difference = ClusterBootstrap.Intervals(
            _templates.Length,
            1,
            (counts, values) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                values[0] = Spread(Rates(counts));
            },
            options.Resamples,
            options.Seed)[0]!;
        return new TermGap(
            difference,
            _names[known.MaxBy(term => rates[term])],
            _names[known.MinBy(term => rates[term])],
            options.Resamples == 0 ? null : PValue(difference.Value, options, cancellationToken));
    }

    private static double Spread(double[] rates)
    {
        double[] known = [.. rates.Where(static rate => !double.IsNaN(rate))];
        return known.Length < 2 ? double.NaN : known.Max() - known.Min();
    }

    private double PValue(double found, FairnessOptions options, CancellationToken cancellationToken)
    {
        // Sums of equal shares in another order may differ in their last bit.
        const double slack = 1e-12;
        var ones = new int[_templates.Length];
        Array.Fill(ones, 1);
        (int[] Terms, bool[] Flagged)[] shuffled = [.. _templates.Select(static template => (template.Terms, (bool[])template.Flagged.Clone()))];
        var other = new VerdictTable(shuffled, _names);
        int asLarge = 0;
        for (int shuffle = 0; shuffle < options.Resamples; shuffle++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SplitMix64 random = SplitMix64.ForResample(~options.Seed, shuffle);
            foreach ((_, bool[] flagged) in shuffled)
            {
                for (int last = flagged.Length - 1; last > 0; last--)
                {
                    int place = random.Next(last + 1);
                    (flagged[last], flagged[place]) = (flagged[place], flagged[last]);
                }
            }

            asLarge += Spread(other.Rates(ones)) >= found - slack ? 1 : 0;
        }

        return (asLarge + 1.0) / (options.Resamples + 1.0);
    }

    private double[] Rates(int[] counts)
    {
        var rows = new int[_names.Count];
        var hits = new int[_names.Count];
        for (int template = 0; template < _templates.Length; template++)
        {
            if (counts[template] == 0)
            {
                continue;
            }

            (int[] terms, bool[] flagged) = _templates[template];
            for (int i = 0; i < terms.Length; i++)
            {
                rows[terms[i]] += counts[template];
                hits[terms[i]] += flagged[i] ? counts[template] : 0;
            }
        }

        return [.. rows.Select((count, term) => count == 0 ? double.NaN : (double)hits[term] / count)];
    }
}
