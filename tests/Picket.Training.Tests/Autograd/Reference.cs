namespace Picket.Training.Tests.Autograd;

/// <summary>The operations in doubles, slow and obvious. Matrices lie row by row.</summary>
internal static class Reference
{
    public static double[] Linear(double[] x, double[] w, double[] b, int inputs)
    {
        int outputs = b.Length;
        double[] y = new double[x.Length / inputs * outputs];
        for (int i = 0; i < y.Length; i++)
        {
            (int row, int output) = Math.DivRem(i, outputs);
            y[i] = b[output];
            for (int k = 0; k < inputs; k++)
            {
                y[i] += x[(row * inputs) + k] * w[(output * inputs) + k];
            }
        }

        return y;
    }

    // Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3 5) + ...), of which nothing cancels (Marsaglia 2004, "Evaluating the Normal Distribution").
    public static double Gelu(double x)
    {
        double inner = Math.Clamp(x, -12, 12);
        double term = inner;
        double sum = 0;
        for (int n = 1; sum + term != sum; n++)
        {
            sum += term;
            term *= inner * inner / ((2 * n) + 1);
        }

        return x * (0.5 + (sum * Math.Exp(-inner * inner / 2) / Math.Sqrt(2 * Math.PI)));
    }

    public static double[] Norm(double[] x, double[] gain, double[] bias, double epsilon)
    {
        int columns = gain.Length;
        double[] y = new double[x.Length];
        for (int start = 0; start < x.Length; start += columns)
        {
            double mean = x.AsSpan(start, columns).ToArray().Average();
            double variance = x.AsSpan(start, columns).ToArray().Average(value => (value - mean) * (value - mean));
            for (int i = 0; i < columns; i++)
            {
                y[start + i] = ((x[start + i] - mean) / Math.Sqrt(variance + epsilon) * gain[i]) + bias[i];
            }
        }

        return y;
    }

    public static double[] Rows(double[] x, int columns, IEnumerable<int> rows) =>
        [.. rows.SelectMany(row => x.AsSpan(row * columns, columns).ToArray())];

    public static double[] Taps(double[] x, int columns, int taps, int[] starts)
    {
        double[] y = new double[x.Length * taps];
        for (int s = 0; s < starts.Length - 1; s++)
        {
            for (int row = starts[s]; row < starts[s + 1]; row++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    int from = row + tap - (taps / 2);
                    if (from >= starts[s] && from < starts[s + 1])
                    {
                        Array.Copy(x, from * columns, y, ((row * taps) + tap) * columns, columns);
                    }
                }
            }
        }

        return y;
    }

    /// <summary>Attention; <paramref name="row"/> is the row of a relative position, <paramref name="factors"/> the mask of all probabilities.</summary>
    public static double[] Attend(double[][] x, int width, int heads, int[] starts, Func<int, int> row, double[] factors)
    {
        (double[] q, double[] k, double[] v, double[] positionQuery, double[] positionKey) = (x[0], x[1], x[2], x[3], x[4]);
        int size = width / heads;
        double[] y = new double[q.Length];
        int place = 0;
        for (int s = 0; s < starts.Length - 1; s++)
        {
            int length = starts[s + 1] - starts[s];
            for (int head = 0; head < heads; head++)
            {
                for (int i = 0; i < length; i++, place += length)
                {
                    double[] scores = [.. Enumerable.Range(0, length).Select(j =>
                        (Dot(q, starts[s] + i, k, starts[s] + j) + Dot(q, starts[s] + i, positionKey, row(i - j))
                            + Dot(k, starts[s] + j, positionQuery, row(i - j))) / Math.Sqrt(3 * size))];
                    double most = scores.Max();
                    double sum = scores.Sum(score => Math.Exp(score - most));
                    for (int j = 0; j < length; j++)
                    {
                        double p = Math.Exp(scores[j] - most) / sum * factors[place + j];
                        for (int c = 0; c < size; c++)
                        {
                            y[((starts[s] + i) * width) + (head * size) + c] += p * v[((starts[s] + j) * width) + (head * size) + c];
                        }
                    }

                    double Dot(double[] left, int leftRow, double[] right, int rightRow)
                    {
                        double dot = 0;
                        for (int c = head * size; c < (head + 1) * size; c++)
                        {
                            dot += left[(leftRow * width) + c] * right[(rightRow * width) + c];
                        }

                        return dot;
                    }
                }
            }
        }

        return y;
    }
}
