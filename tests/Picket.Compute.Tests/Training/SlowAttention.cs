namespace Picket.Compute.Tests.Training;

/// <summary>Disentangled attention forward and backward in doubles, pair by pair, straight from the formula.</summary>
internal sealed class SlowAttention(LogBuckets buckets, int heads, int firstPosition)
{
    /// <summary>Queries, keys, values, position queries, position keys: row by row.</summary>
    public required double[][][] Operands { get; init; }

    public required int[] Starts { get; init; }

    public required Func<int, long, float[]> Mask { get; init; }

    public List<double> Probabilities { get; } = [];

    public double[][] Output { get; private set; } = [];

    /// <summary>Of the five operands.</summary>
    public double[][][] Gradients { get; private set; } = [];

    public void Run(double[][] outputGradient)
    {
        Output = Zeros(outputGradient);
        Gradients = [.. Operands.Select(Zeros)];
        long row = 0;
        for (int s = 0; s < Starts.Length - 1; s++)
        {
            for (int head = 0; head < heads; head++)
            {
                for (int i = Starts[s]; i < Starts[s + 1]; i++, row++)
                {
                    Run(i, Starts[s]..Starts[s + 1], head, row, outputGradient);
                }
            }
        }
    }

    private static double[][] Zeros(double[][] like) => [.. like.Select(static row => new double[row.Length])];

    private void Run(int i, Range sequence, int head, long row, double[][] outputGradient)
    {
        int width = Output[0].Length / heads;
        int column = head * width;
        double factor = 1 / Math.Sqrt(3.0 * width);
        int[] keys = [.. Enumerable.Range(sequence.Start.Value, sequence.End.Value - sequence.Start.Value)];
        int Position(int j) => buckets.Row(i - j) - firstPosition;
        double Dot(double[] left, double[] right) => Enumerable.Range(column, width).Sum(c => left[c] * right[c]);
        void Add(double[] target, double[] source, double scale) =>
            Enumerable.Range(column, width).ToList().ForEach(c => target[c] += source[c] * scale);

        double[] scores = [.. keys.Select(j => factor * (Dot(Operands[0][i], Operands[1][j])
            + Dot(Operands[0][i], Operands[4][Position(j)]) + Dot(Operands[1][j], Operands[3][Position(j)])))];
        double[] powers = [.. scores.Select(score => Math.Exp(score - scores.Max()))];
        double[] probabilities = [.. powers.Select(power => power / powers.Sum())];
        Probabilities.AddRange(probabilities);
        float[] mask = Mask(keys.Length, row);
        double[] slopes = [.. keys.Select((j, n) => mask[n] * Dot(outputGradient[i], Operands[2][j]))];
        double mean = slopes.Zip(probabilities, static (slope, share) => slope * share).Sum();
        for (int n = 0; n < keys.Length; n++)
        {
            int j = keys[n];
            Add(Output[i], Operands[2][j], probabilities[n] * mask[n]);
            Add(Gradients[2][j], outputGradient[i], probabilities[n] * mask[n]);
            double slope = factor * probabilities[n] * (slopes[n] - mean);
            Add(Gradients[0][i], Operands[1][j], slope);
            Add(Gradients[0][i], Operands[4][Position(j)], slope);
            Add(Gradients[1][j], Operands[0][i], slope);
            Add(Gradients[1][j], Operands[3][Position(j)], slope);
            Add(Gradients[3][Position(j)], Operands[1][j], slope);
            Add(Gradients[4][Position(j)], Operands[0][i], slope);
        }
    }
}
