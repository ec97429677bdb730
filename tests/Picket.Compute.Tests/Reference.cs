namespace Picket.Compute.Tests;

/// <summary>What the kernels compute, slowly and obviously, in double precision.</summary>
internal static class Reference
{
    /// <summary>activation(left · right + bias), all row-major arrays.</summary>
    public static double[] Product(float[] left, float[] right, float[] bias, int rows, int depth, int columns, Activation activation)
    {
        double[] target = new double[rows * columns];
        for (int i = 0; i < target.Length; i++)
        {
            int row = i / columns;
            int column = i % columns;
            double sum = bias[column];
            for (int k = 0; k < depth; k++)
            {
                sum += (double)left[(row * depth) + k] * right[(k * columns) + column];
            }

            target[i] = activation == Activation.Gelu ? Gelu(sum) : sum;
        }

        return target;
    }

    public static float Gelu(float x) => (float)Gelu((double)x);

    public static double Gelu(double x) => x * Normal(x);

    public static double[] Softmax(float[] values, float factor)
    {
        double max = values.Max(value => (double)value * factor);
        double[] powers = [.. values.Select(value => Math.Exp(((double)value * factor) - max))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    public static double[] LayerNorm(float[] source, float[] residual, float[] gain, float[] bias, float epsilon)
    {
        double[] values = [.. source.Select((value, i) => residual.Length == 0 ? value : (double)value + residual[i])];
        double mean = values.Average();
        double variance = values.Average(value => (value - mean) * (value - mean));
        return [.. values.Select((value, i) => ((value - mean) / Math.Sqrt(variance + epsilon) * gain[i]) + bias[i])];
    }

    // Φ by the series of Abramowitz and Stegun 26.2.10, and where its terms would cancel, the continued fraction 26.2.14.
    private static double Normal(double x)
    {
        double density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        if (Math.Abs(x) < 4)
        {
            double term = x;
            double sum = x;
            for (int n = 3; n < 200; n += 2)
            {
                term *= x * x / n;
                sum += term;
            }

            return 0.5 + (density * sum);
        }

        double fraction = 0;
        for (int n = 200; n > 0; n--)
        {
            fraction = n / (Math.Abs(x) + fraction);
        }

        double tail = density / (Math.Abs(x) + fraction);
        return x < 0 ? tail : 1 - tail;
    }
}
