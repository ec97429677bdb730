using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Picket.Compute.Quantised;

namespace Picket.Compute;

/// <summary>The left side of a product of 16-bit numbers, every row with a scale of its own; near lossless, see <see cref="ShortGemm"/>.</summary>
/// <remarks>Grows when needed and is reused otherwise. One thread at a time may use it.</remarks>
public sealed class ShortRows : IDisposable
{
    /// <summary>Rows that lie together: products begin at a multiple of it.</summary>
    public const int Block = Tile.MaxRows;

    /// <summary>Columns of one step, which the depth is filled up to.</summary>
    internal const int Step = Tile.RowStep * 2;

    private AlignedBuffer<int> _values = new(0);
    private AlignedBuffer<float> _scales = new(0);

    /// <summary>Rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Columns.</summary>
    public int Depth { get; private set; }

    internal int Steps => (Depth + Step - 1) / Step;

    internal Pointer<float> Scales => _scales.Pointer();

    /// <summary>Takes <paramref name="source"/> in place of what was held before, on the calling thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Quantise(Matrix<float> source)
    {
        Shape(source.Rows, source.Columns);
        float limit = ShortScale.Limit(Depth);
        for (int i = 0; i < Rows; i++)
        {
            Pointer<float> row = source.Pointer + ((nint)i * source.Stride);
            float factor = ShortScale.Factor(row, Depth, limit, out _scales.Span[i]);
            Quantise(row, Depth, factor, Place(i), Together(i) * Step);
        }
    }

    /// <summary>Takes the softmax of each row of scores in place of what was held before, on the calling thread.</summary>
    /// <remarks>
    /// Powers are quantised before they are divided by their sum, which goes into the scale: two passes over a row for the four that softmax
    /// and quantising take apart.
    /// </remarks>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="depth">Scores of a row.</param>
    /// <param name="scores">rows x depth rounded up to a multiple of 16; destroyed.</param>
    /// <param name="factor">What scores are multiplied with.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void QuantiseSoftmax(SimdLevel simd, int depth, Matrix<float> scores, float factor)
    {
        Shape(scores.Rows, depth);
        float limit = ShortScale.Limit(depth);
        for (int i = 0; i < Rows; i++)
        {
            Span<float> row = scores[i];
            row[depth..].Fill(float.NegativeInfinity);
            (float sum, float squares) = Elementwise.Powers(simd, row, factor);

            // The largest power is that of zero.
            float toNumbers = ShortScale.Factor(squares, 1, limit, out float scale);
            _scales.Span[i] = scale / sum;
            Quantise(scores.Pointer + ((nint)i * scores.Stride), Steps * Step, toNumbers, Place(i), Together(i) * Step);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _scales.Dispose();
    }

    /// <summary>Where the rows from <paramref name="row"/> on lie, a multiple of <see cref="Tile.MaxRows"/>.</summary>
    internal Pointer<int> From(int row) => _values.Pointer() + ((nint)row * Steps * Tile.RowStep);

    /// <summary>The number that stands for an element.</summary>
    internal int At(int row, int k) => Place(row)[(k / Step * Together(row) * Step) + (k % Step)];

    /// <summary>Rows that lie together with one.</summary>
    internal int Together(int row) => Math.Min(Block, Rows - (row / Block * Block));

    private void Shape(int rows, int depth)
    {
        (Rows, Depth) = (rows, depth);
        _values = _values.AtLeast((long)Rows * Steps * Tile.RowStep);
        _scales = _scales.AtLeast(Rows);
    }

    private Pointer<short> Place(int row) => From(row / Block * Block).As<short>() + (row % Block * Step);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quantise(Pointer<float> row, int depth, float factor, Pointer<short> target, nint stride)
    {
        var factors = Vector256.Create(factor);
        for (; depth >= 2 * Step && Avx512F.IsSupported; depth -= 2 * Step)
        {
            Vector256<short> halves = Avx512F.ConvertToVector256Int16(ShortScale.Round(row.Load512(0), Vector512.Create(factor)));
            target.Store(halves.GetLower(), 0);
            target.Store(halves.GetUpper(), stride);
            row += 2 * Step;
            target += 2 * stride;
        }

        for (; depth >= Step; depth -= Step)
        {
            Store(row.Load256(0), factors, target);
            row += Step;
            target += stride;
        }

        if (depth > 0)
        {
            Span<float> rest = stackalloc float[Step];
            rest.Clear();
            row.Span(depth).CopyTo(rest);
            Store(Vector256.Create<float>(rest), factors, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> values, Vector256<float> factors, Pointer<short> target)
    {
        Vector256<int> numbers = ShortScale.Round(values, factors);
        target.Store(Vector128.Narrow(numbers.GetLower(), numbers.GetUpper()), 0);
    }
}
