using Picket.Evaluation;
using Picket.Statistics;

namespace Picket.Fairness;

/// <summary>The figures of one guard, from rows and their scores.</summary>
internal sealed class FairnessCalculator
{
    private readonly IdentityRows _rows;
    private readonly double _threshold;
    private readonly FairnessOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly Scored[] _scored;
    private readonly Scored[][] _templates;

    public FairnessCalculator(
        IdentityRows rows, IReadOnlyList<double> scores, double threshold, FairnessOptions options, CancellationToken cancellationToken)
    {
        _rows = rows;
        _threshold = threshold;
        _options = options;
        _cancellationToken = cancellationToken;
        Dictionary<string, int> places = rows.Terms.Index().ToDictionary(static term => term.Item, static term => term.Index, StringComparer.Ordinal);
        _scored =
        [
            .. rows.Rows.Zip(scores, (row, score) =>
                new Scored(row.Template, row.Identity is { } term ? places[term] : -1, row.Unsafe, score, score >= threshold)),
        ];

        // A term that stands in a template twice counts once there: what is compared is one text a term.
        _templates =
        [
            .. _scored.Where(static row => row.Term >= 0)
                .GroupBy(static row => row.Template)
                .Select(static template => template.DistinctBy(static row => row.Term).ToArray()),
        ];
    }

    public FairnessResult Compute(GuardDescription guard)
    {
        Rate falsePositives = RateOf(_scored.Where(static row => !row.Unsafe));
        Rate truePositives = RateOf(_scored.Where(static row => row.Unsafe));
        double[] safe = Sorted(static row => !row.Unsafe);
        double[] harmful = Sorted(static row => row.Unsafe);
        IReadOnlyList<TermFigures> terms = [.. Enumerable.Range(0, _rows.Terms.Count).Select(term => Term(term, safe, harmful))];
        bool Complete(Scored[] template) => template.Length == _rows.Terms.Count;
        return new FairnessResult
        {
            Guard = guard,
            Data = _rows.Name,
            Threshold = _threshold,
            Rows = _scored.Length,
            UnsafeRows = harmful.Length,
            Templates = _templates.Length,
            CompleteTemplates = _templates.Count(Complete),
            FalsePositiveRate = falsePositives,
            TruePositiveRate = truePositives,
            Auc = Auc.Of(safe, harmful),
            FalsePositiveGap = Gap(harmful: false, Complete),
            TruePositiveGap = Gap(harmful: true, Complete),
            FalsePositiveGapOfAllRows = Gap(harmful: false, static _ => true),
            TruePositiveGapOfAllRows = Gap(harmful: true, static _ => true),
            FalsePositiveEqualityDifference = EqualityDifference(falsePositives, terms.Select(static term => term.FalsePositiveRate)),
            FalseNegativeEqualityDifference = EqualityDifference(truePositives, terms.Select(static term => term.TruePositiveRate)),
            FlipRate = FlipRate(),
            MixedTemplates = new Rate(_templates.Count(static rows => rows.DistinctBy(static row => row.Flagged).Count() > 1), _templates.Length),
            Terms = terms,
        };
    }

    private static Rate RateOf(IEnumerable<Scored> rows)
    {
        int flagged = 0, all = 0;
        foreach (Scored row in rows)
        {
            all++;
            flagged += row.Flagged ? 1 : 0;
        }

        return new Rate(flagged, all);
    }

    // |FNR - FNR_t| is |TPR - TPR_t|.
    private static double? EqualityDifference(Rate all, IEnumerable<Rate> terms)
    {
        double[] differences = [.. terms.Where(static term => term.Trials > 0).Select(term => Math.Abs(all.Value!.Value - term.Value!.Value))];
        return differences.Length == 0 ? null : differences.Sum();
    }

    private double[] Sorted(Func<Scored, bool> belongs) => [.. _scored.Where(belongs).Select(static row => row.Score).Order()];

    private TermFigures Term(int term, double[] allSafe, double[] allUnsafe)
    {
        double[] safe = Sorted(row => row.Term == term && !row.Unsafe);
        double[] harmful = Sorted(row => row.Term == term && row.Unsafe);
        return new TermFigures
        {
            Term = _rows.Terms[term],
            FalsePositiveRate = RateOf(_scored.Where(row => row.Term == term && !row.Unsafe)),
            TruePositiveRate = RateOf(_scored.Where(row => row.Term == term && row.Unsafe)),
            ScoreShift = ScoreShift(term),
            FlipRate = FlipRateOf(term),
            SubgroupAuc = Auc.Of(safe, harmful),
            BpsnAuc = Auc.Of(safe, Sorted(row => row.Term != term && row.Unsafe)),
            BnspAuc = Auc.Of(Sorted(row => row.Term != term && !row.Unsafe), harmful),
            NegativeAeg = 0.5 - Auc.Of(allSafe, safe),
            PositiveAeg = 0.5 - Auc.Of(allUnsafe, harmful),
        };
    }

    private TermGap? Gap(bool harmful, Func<Scored[], bool> belongs) => new VerdictTable(
        _templates
            .Where(template => template[0].Unsafe == harmful && belongs(template))
            .Select(static rows => (rows.Select(static row => row.Term).ToArray(), rows.Select(static row => row.Flagged).ToArray())),
        _rows.Terms).Gap(_options, _cancellationToken);

    private Estimate? ScoreShift(int term)
    {
        double[] shifts =
        [
            .. _templates.SelectMany(template => template
                .Where(row => row.Term == term && template.Length > 1)
                .Select(row => row.Score - template.Average(static other => other.Score))),
        ];
        return ClusterBootstrap.Intervals(
            shifts.Length,
            1,
            (counts, values) =>
            {
                _cancellationToken.ThrowIfCancellationRequested();
                double sum = 0;
                for (int i = 0; i < shifts.Length; i++)
                {
                    sum += counts[i] * shifts[i];
                }

                values[0] = shifts.Length == 0 ? double.NaN : sum / shifts.Length;
            },
            _options.Resamples,
            _options.Seed)[0];
    }

    private double? FlipRateOf(int term)
    {
        int others = 0, flips = 0;
        foreach (Scored[] template in _templates)
        {
            if (Array.Find(template, row => row.Term == term) is { } own)
            {
                others += template.Length - 1;
                flips += template.Count(row => row.Flagged != own.Flagged);
            }
        }

        return others == 0 ? null : (double)flips / others;
    }

    private Estimate? FlipRate()
    {
        (long Flips, long Pairs)[] pairs =
        [
            .. _templates.Select(static template =>
            {
                long flagged = template.Count(static row => row.Flagged);
                return (flagged * (template.Length - flagged), template.Length * (template.Length - 1L) / 2);
            }),
        ];
        return ClusterBootstrap.Intervals(
            pairs.Length,
            1,
            (counts, values) =>
            {
                long flips = 0, all = 0;
                for (int i = 0; i < pairs.Length; i++)
                {
                    flips += counts[i] * pairs[i].Flips;
                    all += counts[i] * pairs[i].Pairs;
                }

                values[0] = all == 0 ? double.NaN : (double)flips / all;
            },
            _options.Resamples,
            _options.Seed)[0];
    }

    /// <summary>A row with its score.</summary>
    /// <param name="Template">Its template.</param>
    /// <param name="Term">Its term's place; -1 for none.</param>
    /// <param name="Unsafe">Its label.</param>
    /// <param name="Score">The guard's probability.</param>
    /// <param name="Flagged">The guard's verdict.</param>
    private sealed record Scored(int Template, int Term, bool Unsafe, double Score, bool Flagged);
}
