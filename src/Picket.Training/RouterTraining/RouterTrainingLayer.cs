using Picket.Compute;

namespace Picket.Training.RouterTraining;

/// <summary>A linear map and, but for the last layer, LayerNorm and ReLU: forward and backward pass of a batch.</summary>
internal sealed class RouterTrainingLayer : IDisposable
{
    // Rows that a piece of work takes: gains' gradients are summed by piece, so that no sum depends on the number of threads.
    private const int PieceRows = 16;
    private readonly MatrixBuffer<float> _sums = new();
    private readonly MatrixBuffer<float> _outputs = new();
    private readonly MatrixBuffer<float> _sumGradients = new();
    private readonly MatrixBuffer<float> _parts = new();
    private Matrix<float> _sum;
    private Matrix<float> _output;

    public RouterTrainingLayer(int inputs, int outputs, bool norm, Random random, double deviation)
    {
        // He et al. 2015, from the fan-in, for weights; PyTorch's range for biases.
        double weight = Math.Sqrt(2.0 / inputs);
        double bias = 1 / Math.Sqrt(inputs);
        Weights = new PosteriorArray(inputs * outputs, () => (float)(weight * Normal(random)), deviation);
        Bias = new PosteriorArray(outputs, () => (float)(bias * ((2 * random.NextDouble()) - 1)), deviation);
        Gain = norm ? new PosteriorArray(outputs, static () => 1, 0) : null;
        Shift = norm ? new PosteriorArray(outputs, static () => 0, 0) : null;
        Outputs = outputs;
    }

    public int Outputs { get; }

    public PosteriorArray Weights { get; }

    public PosteriorArray Bias { get; }

    public PosteriorArray? Gain { get; }

    public PosteriorArray? Shift { get; }

    public IEnumerable<PosteriorArray> Arrays => Gain is null ? [Weights, Bias] : [Weights, Bias, Gain, Shift!];

    /// <summary>rows x inputs to rows x outputs; the result stays valid until the next pass.</summary>
    public Matrix<float> Forward(ComputeContext context, Matrix<float> input, ProductScratch scratch)
    {
        _sum = _sums.Shape(input.Rows, Outputs);
        ParallelGemm.MultiplyTransposed(context, input, Weights.ValueMatrix(Outputs), Bias.Values, _sum, scratch);
        if (Gain is null)
        {
            return _sum;
        }

        _output = _outputs.Shape(input.Rows, Outputs);
        context.Run(Pieces(input.Rows), new ForwardWork(this, context.Simd));
        return _output;
    }

    /// <summary>Fills in the gradients of the parameters, and of the input where that is wanted.</summary>
    public void Backward(
        ComputeContext context, Matrix<float> input, Matrix<float> outputGradient, Matrix<float>? inputGradient, ProductScratch scratch)
    {
        Matrix<float> gradient = outputGradient;
        if (Gain is not null)
        {
            gradient = _sumGradients.Shape(input.Rows, Outputs);
            Matrix<float> parts = _parts.Shape(2 * Pieces(input.Rows), Outputs);
            context.Run(Pieces(input.Rows), new BackwardWork(this, context.Simd, outputGradient, gradient, parts));
            Sum(parts, 0, 2, Gain.Gradients);
            Sum(parts, 1, 2, Shift!.Gradients);
        }

        Sum(gradient, 0, 1, Bias.Gradients);
        ParallelGemm.TransposedMultiply(context, gradient, input, Weights.GradientMatrix(Outputs), scratch);
        if (inputGradient is { } below)
        {
            ParallelGemm.Multiply(context, gradient, Weights.ValueMatrix(Outputs), below, scratch);
        }
    }

    public void Dispose()
    {
        foreach (IDisposable part in Arrays.Concat<IDisposable>([_sums, _outputs, _sumGradients, _parts]))
        {
            part.Dispose();
        }
    }

    private static int Pieces(int rows) => (rows + PieceRows - 1) / PieceRows;

    private static void Sum(Matrix<float> rows, int first, int every, Span<float> target)
    {
        target.Clear();
        for (int row = first; row < rows.Rows; row += every)
        {
            Kernels.AddScaled(target, rows[row], 1);
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private readonly struct ForwardWork(RouterTrainingLayer layer, SimdLevel simd) : IWork
    {
        public void Execute(int piece, int worker)
        {
            int end = Math.Min(layer._sum.Rows, (piece + 1) * PieceRows);
            for (int row = piece * PieceRows; row < end; row++)
            {
                Span<float> output = layer._output[row];
                Elementwise.LayerNorm(simd, layer._sum[row], default, layer.Gain!.Values, layer.Shift!.Values, RouterLayer.Epsilon, output);
                for (int i = 0; i < output.Length; i++)
                {
                    output[i] = Math.Max(0, output[i]);
                }
            }
        }
    }

    private readonly struct BackwardWork(
        RouterTrainingLayer layer, SimdLevel simd, Matrix<float> outputGradient, Matrix<float> sumGradient, Matrix<float> parts) : IWork
    {
        public void Execute(int piece, int worker)
        {
            Span<float> gain = parts[2 * piece];
            Span<float> shift = parts[(2 * piece) + 1];
            gain.Clear();
            shift.Clear();
            int end = Math.Min(outputGradient.Rows, (piece + 1) * PieceRows);
            for (int row = piece * PieceRows; row < end; row++)
            {
                Span<float> above = outputGradient[row];
                Span<float> output = layer._output[row];
                for (int i = 0; i < above.Length; i++)
                {
                    above[i] = output[i] > 0 ? above[i] : 0;
                }

                Gradients.LayerNorm(
                    simd, layer._sum[row], layer.Gain!.Values, RouterLayer.Epsilon, above, sumGradient[row], gain, shift, accumulate: false);
            }
        }
    }
}
