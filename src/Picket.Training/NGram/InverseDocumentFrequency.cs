namespace Picket.Training.NGram;

/// <summary>How much each bucket weighs before anything is learned.</summary>
internal static class InverseDocumentFrequency
{
    /// <summary>
    /// w_b = (ln((1 + n) / (1 + df_b)) + 1) / 8 over n rows, of which df_b have the bucket: the smoothed inverse document frequency of
    /// scikit-learn's TfidfTransformer, times <paramref name="wordWeight"/> for word n-grams (odd buckets), of which a text has far fewer.
    /// </summary>
    public static float[] Weights(IReadOnlyList<TrainingRow> rows, int buckets, float wordWeight)
    {
        int[] frequency = new int[buckets];
        int[] lastRow = new int[buckets];
        for (int row = 0; row < rows.Count; row++)
        {
            foreach (int bucket in rows[row].Prompt.Concat(rows[row].Response ?? []))
            {
                frequency[bucket] += lastRow[bucket] == row + 1 ? 0 : 1;
                lastRow[bucket] = row + 1;
            }
        }

        float[] weights = new float[buckets];
        for (int b = 0; b < buckets; b++)
        {
            weights[b] = (float)((Math.Log((1.0 + rows.Count) / (1 + frequency[b])) + 1) / 8) * (b % 2 == 1 ? wordWeight : 1);
        }

        return weights;
    }
}
