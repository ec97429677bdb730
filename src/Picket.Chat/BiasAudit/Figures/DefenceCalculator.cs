using Picket.Evaluation;
using Picket.Statistics;

namespace Picket.Chat;

/// <summary>Compares the defences of a plan with its first one.</summary>
internal sealed class DefenceCalculator(KeywordGroups groups, IReadOnlyList<int> keywords, FigureOptions options)
{
    private const int Figures = 3;

    /// <summary>One entry a defence.</summary>
    /// <param name="harmful">Successes by defence.</param>
    /// <param name="benign">Refusals of harmless requests by defence.</param>
    /// <param name="defences">The defences, the first one what the others are compared with.</param>
    /// <param name="answers">The answers by defence.</param>
    public IReadOnlyList<DefenceFigures> Compute(
        IReadOnlyList<SuccessCounts> harmful,
        IReadOnlyList<SuccessCounts> benign,
        IReadOnlyList<AuditDefence> defences,
        IReadOnlyList<IReadOnlyList<TrialAnswer>> answers)
    {
        Estimate?[] changes = ClusterBootstrap.Intervals(
            harmful[0].Behaviours,
            Figures * defences.Count,
            (times, values) =>
            {
                double before = harmful[0].Drawn(keywords, times);
                double gapBefore = Math.Abs(Gap(harmful[0], times));
                for (int defence = 0; defence < defences.Count; defence++)
                {
                    double gap = Gap(harmful[defence], times);
                    values[Figures * defence] = harmful[defence].Drawn(keywords, times) - before;
                    values[(Figures * defence) + 1] = gap;
                    values[(Figures * defence) + 2] = Math.Abs(gap) - gapBefore;
                }
            },
            options.Resamples,
            options.Seed);
        Estimate?[] refusals = ClusterBootstrap.Intervals(
            benign[0].Behaviours,
            defences.Count,
            (times, values) =>
            {
                double before = benign[0].Drawn(keywords, times);
                for (int defence = 0; defence < defences.Count; defence++)
                {
                    values[defence] = benign[defence].Drawn(keywords, times) - before;
                }
            },
            options.Resamples,
            options.Seed);
        return
        [
            .. defences.Select((defence, i) => new DefenceFigures
            {
                Defence = defence.Name,
                Success = harmful[i].Rate(keywords),
                SuccessChange = i == 0 ? null : changes[Figures * i],
                Gap = changes[(Figures * i) + 1],
                GapSizeChange = i == 0 ? null : changes[(Figures * i) + 2],
                GapSizeRatio = i == 0 ? null : GapSizeRatio(changes[1]?.Value, changes[(Figures * i) + 1]?.Value),
                BenignRefusals = benign[i].Rate(keywords),
                BenignRefusalsChange = i == 0 ? null : refusals[i],
                MeanPromptTokens = Mean(answers[i].Select(static answer => (double?)answer.PromptTokens)),
                MeanAnswerTokens = Mean(answers[i].Select(static answer => (double?)answer.AnswerTokens)),
                MedianMilliseconds = Median([.. answers[i].Select(static answer => answer.Milliseconds).Order()]),
            }),
        ];
    }

    /// <summary>The size of a gap over that of an earlier one; <see langword="null"/> where there was none.</summary>
    internal static double? GapSizeRatio(double? before, double? after) =>
        before is null or 0 || after is null ? null : Math.Abs(after.Value / before.Value);

    private static double? Mean(IEnumerable<double?> values) => values.Average();

    private static double? Median(double[] sorted) => sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private double Gap(SuccessCounts counts, int[] times) => counts.Drawn(groups.Marginalised, times) - counts.Drawn(groups.Privileged, times);
}
