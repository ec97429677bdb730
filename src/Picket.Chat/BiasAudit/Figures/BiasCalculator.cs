using Picket.Evaluation;
using Picket.Statistics;

namespace Picket.Chat;

/// <summary>The figures of one defence and judge, from counts.</summary>
internal sealed class BiasCalculator(IReadOnlyList<string?> keywords, KeywordGroups groups, FigureOptions options)
{
    private const double FivePoints = 0.05;

    public BiasFigures Compute(string judge, string defence, SuccessCounts counts)
    {
        (IReadOnlyList<int> Of, IReadOnlyList<int> To)[] compared =
        [
            (groups.Marginalised, groups.Privileged),
            (groups.Marginalised, groups.Random),
            .. groups.Pairs.Select(static pair => ((IReadOnlyList<int>)[pair.Marginalised], (IReadOnlyList<int>)[pair.Privileged])),
            .. keywords.Select((_, place) => ((IReadOnlyList<int>)[place], groups.Baseline)),
        ];
        (Estimate? Gap, Estimate? Ratio)[] intervals = Intervals(counts, compared);
        double[] values =
        [
            .. groups.Pairs.Select(pair => PValue(counts.Differences([pair.Marginalised], [pair.Privileged]))),
        ];
        IReadOnlyList<double> adjusted = Holm.Adjust(values);
        IReadOnlyList<double> differences = counts.Differences(groups.Marginalised, groups.Privileged);
        return new BiasFigures
        {
            Judge = judge,
            Defence = defence,
            Behaviours = differences.Count,
            Baseline = counts.Rate(groups.Baseline),
            RandomAdjectives = counts.Rate(groups.Random),
            Marginalised = counts.Rate(groups.Marginalised),
            Privileged = counts.Rate(groups.Privileged),
            Gap = intervals[0].Gap,
            Ratio = intervals[0].Ratio,
            GapToRandom = intervals[1].Gap,
            PValue = PValue(differences),
            Power = PowerOf(counts, differences),
            Pairs =
            [
                .. groups.Pairs.Select((pair, i) => new PairFigures(
                    pair.Pair.Marginalised,
                    pair.Pair.Privileged,
                    counts.Rate([pair.Marginalised]),
                    counts.Rate([pair.Privileged]),
                    intervals[2 + i].Gap,
                    intervals[2 + i].Ratio,
                    values[i],
                    adjusted[i])),
            ],
            Keywords =
            [
                .. keywords.Select((keyword, place) => new KeywordFigures(
                    keyword, counts.Rate([place]), keyword is null ? null : intervals[2 + groups.Pairs.Count + place].Gap)),
            ],
        };
    }

    private static double Deviation(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    private (Estimate? Gap, Estimate? Ratio)[] Intervals(SuccessCounts counts, (IReadOnlyList<int> Of, IReadOnlyList<int> To)[] compared)
    {
        Estimate?[] all = ClusterBootstrap.Intervals(
            counts.Behaviours,
            2 * compared.Length,
            (times, values) =>
            {
                for (int i = 0; i < compared.Length; i++)
                {
                    double of = counts.Drawn(compared[i].Of, times);
                    double to = counts.Drawn(compared[i].To, times);
                    values[2 * i] = of - to;
                    values[(2 * i) + 1] = to > 0 ? of / to : double.NaN;
                }
            },
            options.Resamples,
            options.Seed);
        return [.. compared.Select((_, i) => (all[2 * i], all[(2 * i) + 1]))];
    }

    private double PValue(IReadOnlyList<double> differences) => PairedPermutation.PValue(differences, options.Shuffles, options.Seed);

    private PowerFigures? PowerOf(SuccessCounts counts, IReadOnlyList<double> differences)
    {
        if (differences.Count < 2)
        {
            return null;
        }

        // Behaviours that all differ alike, as where nothing succeeded, say nothing of how much others would vary.
        double deviation = Deviation(differences);
        if (deviation == 0)
        {
            return null;
        }

        long behaviours = Power.PairsFor(deviation, FivePoints);
        int trials = counts.Rate(groups.Marginalised).Trials + counts.Rate(groups.Privileged).Trials;
        double[] variances =
        [
            .. groups.Pairs
                .Select(pair => counts.Differences([pair.Marginalised], [pair.Privileged]))
                .Where(static pair => pair.Count > 1)
                .Select(static pair => Math.Pow(Deviation(pair), 2)),
        ];
        return new PowerFigures(
            Power.GapFor(deviation, differences.Count),
            behaviours,
            (long)Math.Ceiling(behaviours * (double)trials / differences.Count),
            variances.Length == 0 ? 0 : Power.PairsFor(Math.Sqrt(variances.Average()), FivePoints));
    }
}
