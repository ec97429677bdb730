using Picket.Evaluation;

namespace Picket.Statistics;

/// <summary>
/// 95 % intervals by drawing whole clusters with replacement: what belongs together, such as all trials of one behaviour, is drawn together,
/// for it is no evidence of its own.
/// </summary>
/// <remarks>
/// The percentiles are those of the expanded percentile interval (Hesterberg 2015, "What teachers should know about the bootstrap", 3.1): plain
/// ones are too narrow by sqrt((n - 1) / n) and by the normal's place in Student's, which matters for few clusters. Safe to call from several
/// threads.
/// </remarks>
public static class ClusterBootstrap
{
    /// <summary>Clusters below which there is no interval.</summary>
    public const int FewestClusters = 5;

    /// <summary>The intervals of several figures over the same draws.</summary>
    /// <param name="clusters">How many clusters there are.</param>
    /// <param name="figures">How many figures.</param>
    /// <param name="compute">
    /// Writes the figures of a draw, given how often each cluster is in it; NaN where one is not defined. Called once more than
    /// <paramref name="resamples"/>, one call at a time.
    /// </param>
    /// <param name="resamples">Draws; 0 gives the figures alone.</param>
    /// <param name="seed">Equal seeds give equal intervals.</param>
    /// <returns>
    /// The figures with their intervals; <see langword="null"/> where one is not defined, and no interval where it is not in half of the draws or
    /// the clusters are fewer than <see cref="FewestClusters"/>.
    /// </returns>
    public static Estimate?[] Intervals(int clusters, int figures, Action<int[], double[]> compute, int resamples, long seed)
    {
        ArgumentNullException.ThrowIfNull(compute);
        var counts = new int[clusters];
        var values = new double[figures];
        Array.Fill(counts, 1);
        compute(counts, values);
        double[] point = [.. values];
        double[][] drawn = clusters < FewestClusters ? [] : Draw();
        return [.. Enumerable.Range(0, figures).Select(figure => Of(point[figure], [.. drawn.Select(draw => draw[figure])], clusters))];

        double[][] Draw()
        {
            var all = new double[resamples][];
            for (int resample = 0; resample < resamples; resample++)
            {
                Array.Clear(counts);
                SplitMix64 random = SplitMix64.ForResample(seed, resample);
                for (int i = 0; i < clusters; i++)
                {
                    counts[random.Next(clusters)]++;
                }

                compute(counts, values);
                all[resample] = [.. values];
            }

            return all;
        }
    }

    private static Estimate? Of(double value, double[] drawn, int clusters)
    {
        if (double.IsNaN(value))
        {
            return null;
        }

        double[] defined = [.. drawn.Where(static draw => !double.IsNaN(draw)).Order()];
        if (defined.Length == 0 || 2 * defined.Length < drawn.Length)
        {
            return new Estimate(value);
        }

        double tail = Normal.Below(-Math.Sqrt(clusters / (clusters - 1.0)) * Normal.Student95(clusters - 1));
        return new Estimate(value, Percentile.Of(defined, tail), Percentile.Of(defined, 1 - tail));
    }
}
