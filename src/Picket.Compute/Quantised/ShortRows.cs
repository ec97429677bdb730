using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Picket.Compute.Quantised;

namespace Picket.Compute;

/// <summary>The left side of a product of 16-bit numbers, every row with a scale of its own; near lossless, see <see cref="ShortGemm"/>.</summary>
/// <remarks>Grows when needed and is reused otherwise. One thread at a time may use it.</remarks>
public sealed class ShortRows : IDisposable
{
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
        (Rows, Depth) = (source.Rows, source.Columns);
        _values = _values.AtLeast((long)Rows * Steps * Tile.RowStep);
        _scales = _scales.AtLeast(Rows);
        float limit = ShortScale.Limit(Depth);
        Span<float> scales = _scales.Span[..Rows];
        for (int first = 0; first < Rows; first += Tile.MaxRows)
        {
            Span<float> some = scales.Slice(first, Math.Min(Tile.MaxRows, Rows - first));
            Pointer<short> target = From(first).As<short>();
            Pointer<float> row = source.SliceRows(first, some.Length).Pointer;
            foreach (ref float scale in some)
            {
                float factor = ShortScale.Factor(row, Depth, limit, out scale);
                Quantise(row, Depth, factor, target, some.Length * Step);
                row += source.Stride;
                target += Step;
            }
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
    internal int At(int row, int k)
    {
        int first = row / Tile.MaxRows * Tile.MaxRows;
        int together = Math.Min(Tile.MaxRows, Rows - first);
        return From(first).As<short>()[(((k / Step * together) + (row - first)) * Step) + (k % Step)];
    }

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
