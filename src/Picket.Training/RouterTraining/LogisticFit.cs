using Picket.Compute;

namespace Picket.Training.RouterTraining;

/// <summary>
/// Logistic regression of t on the inputs: mean cross-entropy + ridge / 2 |w|², by L-BFGS (Nocedal and Wright 2006, algorithm 7.5) in doubles,
/// with steps halved until the loss falls.
/// </summary>
internal static class LogisticFit
{
    private const int Memory = 10;
    private const int MostSteps = 300;

    /// <summary>The weights, and behind them the offset, which has no ridge.</summary>
    /// <param name="data">Its learned rows are taken.</param>
    /// <param name="hard">t of each learned row.</param>
    /// <param name="ridge">0 or more.</param>
    /// <param name="cancellationToken">Seen between steps.</param>
    public static double[] Fit(RouterData data, bool[] hard, double ridge, CancellationToken cancellationToken)
    {
        double[] point = new double[data.Width + 1];
        double share = hard.Count(static value => value) / (double)hard.Length;
        point[^1] = Math.Log(share / (1 - share));
        (double loss, double[] gradient) = Loss(data, hard, ridge, point);
        var pairs = new List<(double[] Step, double[] Change)>();
        for (int i = 0; i < MostSteps && Norm(gradient) > 1e-7; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] direction = Direction(gradient, pairs);
            double slope = Dot(direction, gradient);
            double size = pairs.Count == 0 ? 1 / Math.Max(1, Norm(gradient)) : 1;
            double[] next;
            double nextLoss;
            double[] nextGradient;
            do
            {
                next = [.. point.Zip(direction, (value, change) => value + (size * change))];
                (nextLoss, nextGradient) = Loss(data, hard, ridge, next);
                size /= 2;
            }
            while (!(nextLoss <= loss + (1e-4 * 2 * size * slope)) && size > 1e-12);

            if (!(nextLoss < loss))
            {
                break;
            }

            double[] step = [.. next.Zip(point, static (now, before) => now - before)];
            double[] difference = [.. nextGradient.Zip(gradient, static (now, before) => now - before)];
            if (Dot(step, difference) > 1e-14 * Dot(step, step))
            {
                pairs.Add((step, difference));
                pairs.RemoveRange(0, Math.Max(0, pairs.Count - Memory));
            }

            (point, loss, gradient) = (next, nextLoss, nextGradient);
        }

        return point;
    }

    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change)> pairs)
    {
        double[] result = [.. gradient.Select(static value => -value)];
        double[] factors = new double[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            factors[i] = Dot(pairs[i].Step, result) / Dot(pairs[i].Step, pairs[i].Change);
            Add(result, pairs[i].Change, -factors[i]);
        }

        double scale = pairs.Count == 0 ? 1 : Dot(pairs[^1].Step, pairs[^1].Change) / Dot(pairs[^1].Change, pairs[^1].Change);
        for (int k = 0; k < result.Length; k++)
        {
            result[k] *= scale;
        }

        for (int i = 0; i < pairs.Count; i++)
        {
            Add(result, pairs[i].Step, factors[i] - (Dot(pairs[i].Change, result) / Dot(pairs[i].Step, pairs[i].Change)));
        }

        return result;
    }

    private static (double Loss, double[] Gradient) Loss(RouterData data, bool[] hard, double ridge, double[] point)
    {
        float[] weights = [.. point[..^1].Select(static value => (float)value)];
        double[] gradient = [.. point.Select(value => ridge * value)];
        gradient[^1] = 0;
        double loss = ridge / 2 * (Dot(point, point) - (point[^1] * point[^1]));
        float[] sums = new float[weights.Length];
        for (int i = 0; i < hard.Length; i++)
        {
            Span<float> inputs = data.Inputs[data.Learned[i]];
            double logit = Kernels.Dot(weights, inputs) + point[^1];
            double error = ((1 / (1 + Math.Exp(-logit))) - (hard[i] ? 1 : 0)) / hard.Length;
            loss += Logistic.CrossEntropy(logit, hard[i]) / hard.Length;
            Kernels.AddScaled(sums, inputs, (float)error);
            gradient[^1] += error;
        }

        for (int k = 0; k < sums.Length; k++)
        {
            gradient[k] += sums[k];
        }

        return (loss, gradient);
    }

    private static void Add(double[] target, double[] source, double factor)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    private static double Norm(double[] values) => Math.Sqrt(Dot(values, values));

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
