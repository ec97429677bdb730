using Picket.Compute.Products;

namespace Picket.Compute;

/// <summary>One thread's memory for the backward pass of attention, and its order for one head of one sequence.</summary>
internal sealed class BackwardWorker : IDisposable
{
    // Rows of a product with positions, which is made for just the positions that they meet.
    private const int Block = 32;

    private readonly MatrixBuffer<float> _mask = new();
    private readonly MatrixBuffer<float> _slopes = new();
    private readonly MatrixBuffer<float> _turned = new();
    private readonly MatrixBuffer<float> _dropped = new();
    private readonly MatrixBuffer<float> _scattered = new();
    private readonly PanelBuffer _values = new();
    private readonly PanelBuffer _output = new();
    private readonly PanelBuffer _queries = new();
    private readonly PanelBuffer _keys = new();

    /// <summary>Adds a head's gradients.</summary>
    /// <param name="head">What it reads.</param>
    /// <param name="queriesSide">Its products of queries with positions.</param>
    /// <param name="keysSide">Its products of keys with positions.</param>
    /// <param name="valuesGradient">length x head size.</param>
    public void Add(in BackwardHead head, in PositionSide queriesSide, in PositionSide keysSide, Matrix<float> valuesGradient)
    {
        int length = head.Values.Rows;
        int width = head.Values.Columns;
        Matrix<float> slopes = _slopes.Shape(length, length);
        Matrix<float> dropped = _dropped.Shape(length, length);
        Panels values = _values.Shape(width, length);
        values.PackTransposed(head.Values);
        Gemm.Multiply(head.Simd, head.OutputGradient, values, 0, slopes);
        PassSoftmax(head, slopes, dropped);

        Panels output = _output.Shape(length, width);
        output.Pack(head.OutputGradient);
        Gemm.AddTransposed(head.Simd, dropped, output, 0, valuesGradient);

        Panels queries = _queries.Shape(length, width);
        Panels keys = _keys.Shape(length, width);
        queries.Pack(head.Queries);
        keys.Pack(head.Keys);
        Matrix<float> turned = _turned.Shape(length, length);
        Transpose.ToRows(slopes, turned);
        AddSide(head.Simd, slopes, queries, keys, queriesSide);
        AddSide(head.Simd, turned, keys, queries, keysSide);
    }

    public void Dispose()
    {
        _mask.Dispose();
        _slopes.Dispose();
        _turned.Dispose();
        _dropped.Dispose();
        _scattered.Dispose();
        _values.Dispose();
        _output.Dispose();
        _queries.Dispose();
        _keys.Dispose();
    }

    private void PassSoftmax(in BackwardHead head, Matrix<float> slopes, Matrix<float> dropped)
    {
        int length = slopes.Rows;
        float factor = 1 / MathF.Sqrt(3f * head.Values.Columns);
        Span<float> mask = _mask.Shape(1, length)[0];
        mask.Fill(1);
        for (int i = 0; i < length; i++)
        {
            if (!head.Dropout.IsOff)
            {
                mask.Fill(1);
                head.Dropout.Apply(mask, head.Sequence.Row + i);
            }

            ReadOnlySpan<float> probabilities = head.Probabilities[0].Slice(head.Sequence.Place + (i * length), length);
            Gradients.Softmax(head.Simd, probabilities, mask, factor, slopes[i], dropped[i]);
        }
    }

    /// <summary>
    /// With S the slopes of the scores, own tokens in rows, and A their sums by position: gradient += S other + A positions, and
    /// positionGradient += Aᵀ own.
    /// </summary>
    private void AddSide(SimdLevel simd, Matrix<float> slopes, Panels own, Panels other, in PositionSide side)
    {
        int length = slopes.Rows;
        Gemm.Add(simd, slopes, other, 0, side.Gradient);
        Matrix<float> scattered = _scattered.Shape(length, side.Slots.Count);
        for (int i = 0; i < length; i++)
        {
            side.Slots.Scatter(slopes[i], i, scattered[i]);
        }

        for (int row = 0; row < length; row += Block)
        {
            int rows = Math.Min(Block, length - row);
            int slot = side.Slots.Slot(1 - row - rows);
            int end = side.Slots.Slot(length - 1 - row) + 1;
            Gemm.Add(simd, scattered.Slice(row, rows, slot, end - slot), side.Positions, slot, side.Gradient.SliceRows(row, rows));
        }

        int last = side.Slots.Slot(length - 1);
        for (int slot = side.Slots.Slot(1 - length); slot <= last; slot += Block)
        {
            int slots = Math.Min(Block, last + 1 - slot);
            (int row, int rows) = side.Slots.Tokens(slot, slots, length);
            Gemm.AddTransposed(simd, scattered.Slice(row, rows, slot, slots), own, row, side.PositionGradient.SliceRows(slot, slots));
        }
    }
}

/// <summary>What the backward pass of one head of one sequence reads.</summary>
/// <param name="Simd">The widest vectors to use.</param>
/// <param name="Queries">length x head size.</param>
/// <param name="Keys">length x head size.</param>
/// <param name="Values">length x head size.</param>
/// <param name="OutputGradient">length x head size.</param>
/// <param name="Probabilities">1 x all of the batch.</param>
/// <param name="Sequence">The head's place among them.</param>
/// <param name="Dropout">Of the probabilities.</param>
internal readonly record struct BackwardHead(
    SimdLevel Simd,
    Matrix<float> Queries,
    Matrix<float> Keys,
    Matrix<float> Values,
    Matrix<float> OutputGradient,
    Matrix<float> Probabilities,
    AttentionSequence Sequence,
    Dropout Dropout);

/// <summary>One of the two kinds of products with positions.</summary>
/// <param name="Slots">The order of the positions.</param>
/// <param name="Positions">slots x head size, packed.</param>
/// <param name="Gradient">length x head size: that of the queries or keys.</param>
/// <param name="PositionGradient">slots x head size.</param>
internal readonly record struct PositionSide(RelativeSlots Slots, Panels Positions, Matrix<float> Gradient, Matrix<float> PositionGradient);
