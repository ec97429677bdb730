namespace Picket.Ablation;

/// <summary>Draws one of several by their probabilities.</summary>
internal static class Draw
{
    /// <summary>A place, with the probability that stands there once temperature and nucleus are applied, in this order.</summary>
    /// <param name="probabilities">Any sum; changed.</param>
    /// <param name="temperature">0 for the likeliest, the first of equals.</param>
    /// <param name="topP">The likeliest that together have this share are kept; 1 keeps all.</param>
    /// <param name="random">Decides.</param>
    public static int From(Span<double> probabilities, double temperature, double topP, Random random)
    {
        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        if (temperature <= 0)
        {
            return best;
        }

        Heat(probabilities, temperature, probabilities[best]);
        if (topP < 1)
        {
            KeepNucleus(probabilities, topP);
        }

        double left = random.NextDouble() * Sum(probabilities);
        for (int i = 0; i < probabilities.Length; i++)
        {
            left -= probabilities[i];
            if (left < 0)
            {
                return i;
            }
        }

        // Rounding may leave a last hair of the sum; the likeliest takes it.
        return best;
    }

    private static void Heat(Span<double> probabilities, double temperature, double most)
    {
        if (temperature == 1)
        {
            return;
        }

        foreach (ref double probability in probabilities)
        {
            probability = Math.Pow(probability / most, 1 / temperature);
        }
    }

    private static void KeepNucleus(Span<double> probabilities, double topP)
    {
        double[] sorted = probabilities.ToArray();
        int[] places = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, places);
        double left = topP * Sum(probabilities);
        for (int i = places.Length - 1; i >= 0; i--)
        {
            if (left <= 0)
            {
                probabilities[places[i]] = 0;
            }

            left -= sorted[i];
        }
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
