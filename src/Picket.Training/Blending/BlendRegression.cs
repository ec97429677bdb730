namespace Picket.Training.Blending;

/// <summary>
/// The weights w from 0 on and the offset b under which sigmoid(b + w · logits) has the least cross-entropy, with a small penalty on what
/// differs from the plain mean of the logits (ridge regression, Hoerl and Kennard 1970, around 1 / members in place of 0).
/// </summary>
internal readonly record struct BlendRegression(double[] Weights, double Offset, IReadOnlyList<int> LeftOut)
{
    // In units of the summed loss: one row's worth keeps members apart that agree on everything, and is nothing beside some hundred rows.
    private const double WeightRidge = 1;

    // As in Calibration: the offset stays finite when the rows are separable.
    private const double OffsetRidge = 1e-3;

    /// <summary>
    /// Newton's method; the loss is convex. While a weight is below 0, the member with the lowest one is left out and the rest fitted again.
    /// </summary>
    public static BlendRegression Fit(IReadOnlyList<BlendRow> rows, int members, CancellationToken cancellationToken)
    {
        var active = Enumerable.Range(0, members).ToList();
        var leftOut = new List<int>();
        while (true)
        {
            double[] found = Newton(rows, active, cancellationToken);
            double[] weights = new double[members];
            active.ForEach(member => weights[member] = found[active.IndexOf(member) + 1]);
            if (weights.All(static weight => weight >= 0))
            {
                return new BlendRegression(weights, found[0], leftOut);
            }

            int lowest = Array.IndexOf(weights, weights.Min());
            leftOut.Add(lowest);
            active.Remove(lowest);
        }
    }

    /// <summary>The blend's logit of a row.</summary>
    public double Logit(BlendRow row)
    {
        double sum = Offset;
        for (int i = 0; i < Weights.Length; i++)
        {
            sum += Weights[i] * row.Logits[i];
        }

        return sum;
    }

    /// <summary>The offset, then the weights of the active members.</summary>
    private static double[] Newton(IReadOnlyList<BlendRow> rows, List<int> active, CancellationToken cancellationToken)
    {
        double[] values = [0, .. active.Select(_ => 1.0 / active.Count)];
        double loss = Loss(rows, active, values);
        for (int step = 0; step < 100; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] direction = Direction(rows, active, values);
            double[] next;
            double nextLoss;

            // A full step overshoots where the sigmoids are saturated.
            double share = 1;
            do
            {
                next = [.. values.Zip(direction, (value, change) => value - (share * change))];
                nextLoss = Loss(rows, active, next);
                share /= 2;
            }
            while (!(nextLoss < loss) && share > 1e-12);

            if (!(nextLoss < loss))
            {
                break;
            }

            (values, loss) = (next, nextLoss);
        }

        return values;
    }

    private static double[] Direction(IReadOnlyList<BlendRow> rows, List<int> active, double[] values)
    {
        int size = values.Length;
        double[] gradient = [.. values.Select((value, i) => Ridge(i) * (value - Centre(i, active.Count)))];
        double[,] curvature = new double[size, size];
        double[] inputs = new double[size];
        for (int i = 0; i < size; i++)
        {
            curvature[i, i] = Ridge(i);
        }

        foreach (BlendRow row in rows)
        {
            double probability = 1 / (1 + Math.Exp(-Sum(row, active, values)));
            double error = probability - (row.Unsafe ? 1 : 0);
            double spread = probability * (1 - probability);
            for (int i = 0; i < size; i++)
            {
                inputs[i] = i == 0 ? 1 : row.Logits[active[i - 1]];
                gradient[i] += error * inputs[i];
                for (int j = 0; j <= i; j++)
                {
                    curvature[i, j] += spread * inputs[i] * inputs[j];
                }
            }
        }

        return Solve(curvature, gradient);
    }

    /// <summary>Solves a positive definite system, given by its lower triangle, by Cholesky's decomposition; both are overwritten.</summary>
    private static double[] Solve(double[,] matrix, double[] vector)
    {
        int size = vector.Length;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }

            for (int k = 0; k < i; k++)
            {
                vector[i] -= matrix[i, k] * vector[k];
            }

            vector[i] /= matrix[i, i];
        }

        for (int i = size - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < size; k++)
            {
                vector[i] -= matrix[k, i] * vector[k];
            }

            vector[i] /= matrix[i, i];
        }

        return vector;
    }

    private static double Loss(IReadOnlyList<BlendRow> rows, List<int> active, double[] values)
    {
        double loss = values.Select((value, i) => Ridge(i) / 2 * Math.Pow(value - Centre(i, active.Count), 2)).Sum();
        foreach (BlendRow row in rows)
        {
            loss += Logistic.CrossEntropy(Sum(row, active, values), row.Unsafe);
        }

        return loss;
    }

    private static double Sum(BlendRow row, List<int> active, double[] values)
    {
        double sum = values[0];
        for (int i = 0; i < active.Count; i++)
        {
            sum += values[i + 1] * row.Logits[active[i]];
        }

        return sum;
    }

    private static double Ridge(int place) => place == 0 ? OffsetRidge : WeightRidge;

    private static double Centre(int place, int active) => place == 0 ? 0 : 1.0 / active;
}
