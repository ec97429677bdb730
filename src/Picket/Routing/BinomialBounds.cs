namespace Picket;

/// <summary>Exact tails of the binomial and hypergeometric distributions, and the confidence bounds that follow from them.</summary>
internal static class BinomialBounds
{
    /// <summary>
    /// The largest k with P(Bin(n, share) ≤ k) ≤ delta, or -1: with at most k of n, the share behind them is at least <paramref name="share"/>
    /// only in the most unlikely delta of samples (Clopper and Pearson 1934).
    /// </summary>
    public static int MostBelow(int n, double share, double delta)
    {
        double sum = 0;
        for (int k = 0; k < n; k++)
        {
            sum += Math.Exp(LogBinomial(n, k) + (k * Math.Log(share)) + ((n - k) * Math.Log(1 - share)));
            if (sum > delta)
            {
                return k - 1;
            }
        }

        return n - 1;
    }

    /// <summary>
    /// The largest k for which, of n + m exchangeable numbers in a random order, P(more than share × m of the last m lie beyond the (k+1)-th
    /// outermost of the first n) ≤ delta; or -1. Among the k + j outermost of all, at most k are then of the first n, j = floor(share m) + 1.
    /// </summary>
    public static int MostBelow(int n, int m, double share, double delta)
    {
        // floor(0.15 × 100) must be 15 though the product is not exactly that.
        int beyond = (int)Math.Floor((share * m) + 1e-9) + 1;
        if (beyond > m)
        {
            return n - 1;
        }

        int low = -1;
        int high = n - 1;
        while (low < high)
        {
            int k = low + ((high - low + 1) / 2);
            (low, high) = Hypergeometric(n, m, k, beyond) <= delta ? (k, high) : (low, k - 1);
        }

        return low;
    }

    /// <summary>The share p at which P(Bin(n, p) ≤ k) = delta: the one-sided upper Clopper-Pearson bound; 1 for k = n.</summary>
    public static double Upper(int k, int n, double delta)
    {
        if (k >= n)
        {
            return 1;
        }

        (double low, double high) = ((double)k / n, 1.0);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Cumulative(k, n, middle) > delta ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>P(Bin(n, p) ≤ k), p between 0 and 1; summed from k down, until what is left is nothing.</summary>
    public static double Cumulative(int k, int n, double p)
    {
        double term = Math.Exp(LogBinomial(n, k) + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p)));
        double sum = term;
        for (int i = k; i > 0 && term > sum * 1e-17; i--)
        {
            term *= i / (n - i + 1.0) * ((1 - p) / p);
            sum += term;
        }

        return Math.Min(1, sum);
    }

    // P(at most k of the n are among k + j drawn from n + m).
    private static double Hypergeometric(int n, int m, int k, int j)
    {
        double all = LogBinomial(n + m, k + j);
        double sum = 0;
        for (int i = Math.Max(0, k + j - m); i <= k; i++)
        {
            sum += Math.Exp(LogBinomial(n, i) + LogBinomial(m, k + j - i) - all);
        }

        return sum;
    }

    private static double LogBinomial(int n, int k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    // Stirling's series (Abramowitz and Stegun 6.1.41) is exact to 1e-13 from 16 on.
    private static double LogFactorial(int n)
    {
        if (n < 16)
        {
            double product = 1;
            for (int i = 2; i <= n; i++)
            {
                product *= i;
            }

            return Math.Log(product);
        }

        double x = n + 1.0;
        double inverse = 1 / x;
        double square = inverse * inverse;
        double series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square / 1680))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series;
    }
}
