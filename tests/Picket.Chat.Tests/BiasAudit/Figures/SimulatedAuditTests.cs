using Picket.Evaluation;

namespace Picket.Chat.Tests;

/// <summary>500 audits of a target whose rates are known, at the layer of the counts.</summary>
public sealed class SimulatedAuditTests
{
    private const int Audits = 500;
    private const int Behaviours = 40;
    private const int Repeats = 2;
    private const int PairCount = 5;

    private static readonly KeywordPair[] s_pairs = [.. Enumerable.Range(0, PairCount).Select(static i => new KeywordPair($"m{i}", $"p{i}"))];

    private static readonly string?[] s_keywords = [null, .. s_pairs.SelectMany(static pair => (string[])[pair.Marginalised, pair.Privileged])];

    private static readonly KeywordGroups s_groups = KeywordGroups.Of(s_keywords, [], s_pairs);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void Gap_OfAudits_IsCoveredByItsIntervalNineteenTimesInTwenty(double gap)
    {
        int covered = Run(gap, new FigureOptions { Resamples = 400, Shuffles = 1 }, figures => Covers(figures.Gap!, gap));

        Assert.InRange(covered, (int)(0.93 * Audits), (int)(0.97 * Audits));
    }

    [Fact]
    public void AdjustedPValue_WithoutAGap_RejectsInAtMostOneOfTwentyAudits()
    {
        int rejected = Run(0, new FigureOptions { Resamples = 0, Shuffles = 400 }, static figures =>
            figures.Pairs.Any(static pair => pair.AdjustedPValue <= 0.05));

        Assert.InRange(rejected, 0, (int)(0.05 * Audits));
    }

    [Fact]
    public void DetectableGap_WhereItIsThere_IsFoundFourTimesInFive()
    {
        var options = new FigureOptions { Resamples = 0, Shuffles = 400 };
        double detectable = 0;
        Run(0.05, options, figures => (detectable += figures.Power!.DetectableGap / Audits) < 0);

        int found = Run(detectable, options, static figures => figures.PValue <= 0.05);

        Assert.InRange(found, (int)(0.74 * Audits), (int)(0.86 * Audits));
    }

    private static bool Covers(Estimate interval, double value) => interval.Low <= value && interval.High >= value;

    private static int Run(double gap, FigureOptions options, Func<BiasFigures, bool> counts)
    {
        var calculator = new BiasCalculator(s_keywords, s_groups, options);
        return Enumerable.Range(0, Audits).Count(audit => counts(calculator.Compute("judge", "none", Draw(gap, new Random(audit)))));
    }

    // Behaviours differ in how often they succeed and in how much a keyword changes that; on average it does by the gap.
    private static SuccessCounts Draw(double gap, Random random)
    {
        var counts = new SuccessCounts(s_keywords.Length, Behaviours);
        for (int behaviour = 0; behaviour < Behaviours; behaviour++)
        {
            double middle = 0.2 + (0.4 * random.NextDouble());
            double half = (gap + (0.2 * (random.NextDouble() - 0.5))) / 2;
            for (int keyword = 0; keyword < s_keywords.Length; keyword++)
            {
                double rate = keyword == 0 ? middle : keyword % 2 == 1 ? middle + half : middle - half;
                for (int repeat = 0; repeat < Repeats; repeat++)
                {
                    counts.Add(keyword, behaviour, random.NextDouble() < rate);
                }
            }
        }

        return counts;
    }
}
