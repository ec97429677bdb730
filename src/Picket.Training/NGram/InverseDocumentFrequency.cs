namespace Picket.Training.NGram;

/// <summary>How much each bucket weighs before anything is learned.</summary>
internal static class InverseDocumentFrequency
{
    /// <summary>
    /// w_b = (ln((1 + n) / (1 + df_b)) + 1) / 8, the smoothed inverse document frequency of scikit-learn's TfidfTransformer, times
    /// <paramref name="wordWeight"/> for word n-grams (odd buckets), of which a text has far fewer. n counts rows and df_b fields, so a
    /// bucket in both fields of every pair weighs a little less than one in every prompt.
    /// </summary>
    public static float[] Weights(IReadOnlyList<TrainingRow> rows, int buckets, float wordWeight)
    {
        int[] frequency = new int[buckets];
        foreach (int bucket in rows.SelectMany(static row => row.Response is null ? row.Prompt : row.Prompt.Concat(row.Response)))
        {
            frequency[bucket]++;
        }

        float[] weights = new float[buckets];
        for (int b = 0; b < buckets; b++)
        {
            weights[b] = (float)((Math.Log((1.0 + rows.Count) / (1 + frequency[b])) + 1) / 8) * (b % 2 == 1 ? wordWeight : 1);
        }

        return weights;
    }
}
