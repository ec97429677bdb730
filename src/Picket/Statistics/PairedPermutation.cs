using Picket.Evaluation;

namespace Picket.Statistics;

/// <summary>
/// The paired permutation test (Fisher 1935): if the two sides of each pair are alike, each difference could as well have the other sign.
/// </summary>
public static class PairedPermutation
{
    // Up to this many differences all signs are gone through: 4,096 of them.
    private const int MostForAll = 12;

    // Sums of equal differences in another order may differ in their last bit.
    private const double Slack = 1e-9;

    /// <summary>The two-sided p-value of the sum of differences.</summary>
    /// <param name="differences">One for each independent pair, here each behaviour; those that are 0 say nothing.</param>
    /// <param name="shuffles">Random signs that are tried where there are too many differences for all; one is added to both counts.</param>
    /// <param name="seed">Equal seeds give equal values.</param>
    /// <returns>1 where no difference is left.</returns>
    public static double PValue(IReadOnlyList<double> differences, int shuffles = 10_000, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentOutOfRangeException.ThrowIfLessThan(shuffles, 1);
        double[] left = [.. differences.Where(static difference => difference != 0)];
        double found = Math.Abs(left.Sum()) - (Slack * left.Sum(Math.Abs));
        if (left.Length <= MostForAll)
        {
            int asLarge = Enumerable.Range(0, 1 << left.Length).Count(signs => Math.Abs(Sum(left, (ulong)signs)) >= found);
            return (double)asLarge / (1 << left.Length);
        }

        SplitMix64 random = SplitMix64.ForResample(seed, left.Length);
        int hits = 0;
        for (int shuffle = 0; shuffle < shuffles; shuffle++)
        {
            double sum = 0;
            for (int start = 0; start < left.Length; start += 64)
            {
                sum += Sum(left.AsSpan(start, Math.Min(64, left.Length - start)), random.Next());
            }

            hits += Math.Abs(sum) >= found ? 1 : 0;
        }

        return (hits + 1.0) / (shuffles + 1.0);
    }

    private static double Sum(ReadOnlySpan<double> differences, ulong signs)
    {
        double sum = 0;
        foreach (double difference in differences)
        {
            sum += (signs & 1) == 0 ? difference : -difference;
            signs >>= 1;
        }

        return sum;
    }
}
