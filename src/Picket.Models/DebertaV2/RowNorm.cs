using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>Layer normalisation (Ba et al. 2016) of every row, shared out over the threads.</summary>
internal sealed class RowNorm
{
    private readonly float[] _gain;
    private readonly float[] _bias;
    private readonly float _epsilon;

    /// <summary>Reads <paramref name="name"/>.weight and .bias.</summary>
    public RowNorm(IWeightReader reader, string name, int width, float epsilon)
    {
        _gain = new float[width];
        _bias = new float[width];
        _epsilon = epsilon;
        reader.Read($"{name}.weight", [width], _gain);
        reader.Read($"{name}.bias", [width], _bias);
    }

    /// <summary>target = norm(source + target), row by row.</summary>
    public void Add(ComputeContext context, Matrix<float> source, Matrix<float> target) =>
        context.Run(Work.Pieces(target.Rows), new Work(context.Simd, this, source, target, withTarget: true));

    /// <summary>Norm of every row, in place.</summary>
    public void Apply(ComputeContext context, Matrix<float> rows) =>
        context.Run(Work.Pieces(rows.Rows), new Work(context.Simd, this, rows, rows, withTarget: false));

    /// <summary>Norm of one row, in place.</summary>
    public void Apply(SimdLevel simd, Span<float> row) => Elementwise.LayerNorm(simd, row, [], _gain, _bias, _epsilon, row);

    private readonly struct Work(SimdLevel simd, RowNorm norm, Matrix<float> source, Matrix<float> target, bool withTarget) : IWork
    {
        // Some microseconds of work a piece, so that handing it out costs little.
        private const int RowsAPiece = 16;

        public static int Pieces(int rows) => (rows + RowsAPiece - 1) / RowsAPiece;

        public void Execute(int piece, int worker)
        {
            int end = Math.Min(target.Rows, (piece + 1) * RowsAPiece);
            for (int row = piece * RowsAPiece; row < end; row++)
            {
                Span<float> values = target[row];
                ReadOnlySpan<float> residual = withTarget ? values : [];
                Elementwise.LayerNorm(simd, source[row], residual, norm._gain, norm._bias, norm._epsilon, values);
            }
        }
    }
}
