using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Picket.Compute.Products;
using Picket.Compute.Quantised;

namespace Picket.Compute;

/// <summary>
/// The right side of a product of 16-bit numbers, depth x columns, every column with a scale of its own: panels of 32 columns; in a panel,
/// for every two k, 32 columns of two numbers.
/// </summary>
/// <remarks>Grows when needed and is reused otherwise. One thread at a time may pack; any may read.</remarks>
public sealed class ShortPanels : IDisposable
{
    /// <summary>Columns of a panel, on every machine.</summary>
    public const int Width = Tile.Columns;

    private const int Step = ShortRows.Step;
    private const int Four = 4;

    private AlignedBuffer<int> _values = new(0);
    private AlignedBuffer<float> _scales = new(0);
    private AlignedBuffer<float> _factors = new(0);
    private AlignedBuffer<float> _largest = new(0);

    /// <summary>Rows of the matrix.</summary>
    public int Depth { get; private set; }

    /// <summary>Columns of the matrix.</summary>
    public int Columns { get; private set; }

    internal int Steps => (Depth + Step - 1) / Step;

    internal Pointer<float> Scales => _scales.Pointer();

    private int Count => (Columns + Width - 1) / Width;

    /// <summary>Packs the transpose of <paramref name="source"/>, columns x depth: the keys of a head.</summary>
    /// <param name="source">The transpose.</param>
    /// <param name="context">Threads to pack with; by default the caller packs alone.</param>
    public void PackTransposed(Matrix<float> source, ComputeContext? context = null)
    {
        Shape(source.Columns, source.Rows);
        LinearParts.Run(context, Count, new Packing(this, source));
    }

    /// <summary>Packs the transpose of rows that are quantised already, with their numbers and scales.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void PackTransposed(ShortRows source)
    {
        Shape(source.Depth, source.Rows);
        source.Scales.Span(Columns).CopyTo(_scales.Span);
        for (int first = 0; first < Columns; first += ShortRows.Block)
        {
            int together = source.Together(first);
            Pointer<int> from = source.From(first);
            Pointer<int> target = Panel(first / Width) + (first % Width);
            for (int step = 0; step < Steps; step++)
            {
                if (together == ShortRows.Block && Sse2.IsSupported)
                {
                    TurnFour(from, target);
                    TurnFour(from + (Four * Tile.RowStep), target + Four);
                }
                else
                {
                    for (int i = 0; i < together * Tile.RowStep; i++)
                    {
                        target[(i % Tile.RowStep * Width) + (i / Tile.RowStep)] = from[i];
                    }
                }

                from += together * Tile.RowStep;
                target += Tile.PanelStep;
            }
        }
    }

    /// <summary>Packs <paramref name="source"/>, depth x columns: the values of a head.</summary>
    public void Pack(Matrix<float> source)
    {
        Shape(source.Rows, source.Columns);
        Span<float> factors = ColumnFactors(source);
        for (int k = 0; k < Depth; k += 2)
        {
            Span<float> even = source[k];
            Span<float> odd = k + 1 < Depth ? source[k + 1] : default;
            for (int first = 0; first < Columns; first += Width)
            {
                Span<int> target = (Panel(first / Width) + (k / 2 * Width)).Span(Math.Min(Width, Columns - first));
                Interleave(even[first..], odd.IsEmpty ? odd : odd[first..], factors[first..], target);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _scales.Dispose();
        _factors.Dispose();
        _largest.Dispose();
    }

    /// <summary>One panel.</summary>
    internal Pointer<int> Panel(int number) => _values.Pointer() + ((nint)number * Steps * Tile.PanelStep);

    /// <summary>The number that stands for an element.</summary>
    internal int At(int k, int column) => Panel(column / Width).As<short>()[(((k / 2 * Width) + (column % Width)) * 2) + (k % 2)];

    private void Shape(int depth, int columns)
    {
        (Depth, Columns) = (depth, columns);
        long length = (long)Count * Steps * Tile.PanelStep;
        _values = _values.AtLeast(length);
        _scales = _scales.AtLeast(Count * Width);
        if (columns % Width != 0 || depth % Step != 0)
        {
            _values.Span[..(int)length].Clear();
            _scales.Span.Clear();
        }
    }

    private void PackTransposed(Matrix<float> source, int first)
    {
        float limit = ShortScale.Limit(Depth);
        Span<float> factors = stackalloc float[Four];
        int end = Math.Min(first + Width, Columns);
        for (int column = first; column < end; column += Four)
        {
            Matrix<float> rows = source.SliceRows(column, Math.Min(Four, end - column));
            Pointer<int> target = Panel(column / Width) + (column % Width);
            for (int i = 0; i < rows.Rows; i++)
            {
                factors[i] = ShortScale.Factor(rows.Pointer + ((nint)i * rows.Stride), Depth, limit, out _scales.Span[column + i]);
            }

            if (rows.Rows == Four && Sse2.IsSupported)
            {
                ScatterFour(rows, factors, target);
            }
            else
            {
                for (int i = 0; i < rows.Rows; i++)
                {
                    Scatter(rows.Pointer + ((nint)i * rows.Stride), 0, Depth, factors[i], target + i);
                }
            }
        }
    }

    // Four columns of four pairs, turned over in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScatterFour(Matrix<float> rows, ReadOnlySpan<float> factors, Pointer<int> target)
    {
        (float factor0, float factor1, float factor2, float factor3) = (factors[0], factors[1], factors[2], factors[3]);
        Pointer<float> row0 = rows.Pointer;
        Pointer<float> row1 = row0 + rows.Stride;
        Pointer<float> row2 = row1 + rows.Stride;
        Pointer<float> row3 = row2 + rows.Stride;
        int k = 0;
        for (; k <= rows.Columns - Step; k += Step)
        {
            Vector128<int> pairs0 = Pairs(row0.Load256(k), factor0);
            Vector128<int> pairs1 = Pairs(row1.Load256(k), factor1);
            Vector128<int> pairs2 = Pairs(row2.Load256(k), factor2);
            Vector128<int> pairs3 = Pairs(row3.Load256(k), factor3);
            StoreTurned(pairs0, pairs1, pairs2, pairs3, target);
            target += Tile.PanelStep;
        }

        for (int i = 0; i < Four; i++)
        {
            Scatter(row0 + ((nint)i * rows.Stride), k, rows.Columns, factors[i], target + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnFour(Pointer<int> rows, Pointer<int> target) =>
        StoreTurned(
            rows.Load128(0), rows.Load128(Tile.RowStep), rows.Load128(Tile.RowStep * 2), rows.Load128(Tile.RowStep * 3), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTurned(
        Vector128<int> row0, Vector128<int> row1, Vector128<int> row2, Vector128<int> row3, Pointer<int> target)
    {
        Vector128<long> low01 = Sse2.UnpackLow(row0, row1).AsInt64();
        Vector128<long> high01 = Sse2.UnpackHigh(row0, row1).AsInt64();
        Vector128<long> low23 = Sse2.UnpackLow(row2, row3).AsInt64();
        Vector128<long> high23 = Sse2.UnpackHigh(row2, row3).AsInt64();
        target.Store(Sse2.UnpackLow(low01, low23).AsInt32(), 0);
        target.Store(Sse2.UnpackHigh(low01, low23).AsInt32(), Width);
        target.Store(Sse2.UnpackLow(high01, high23).AsInt32(), Width * 2);
        target.Store(Sse2.UnpackHigh(high01, high23).AsInt32(), Width * 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Pairs(Vector256<float> values, float factor)
    {
        Vector256<int> numbers = ShortScale.Round(values, Vector256.Create(factor));
        return Vector128.Narrow(numbers.GetLower(), numbers.GetUpper()).AsInt32();
    }

    // The elements from k on, for which target is the place of the first.
    private static void Scatter(Pointer<float> row, int k, int depth, float factor, Pointer<int> target)
    {
        for (int i = k; i < depth; i++)
        {
            target.As<short>()[((i - k) / 2 * Width * 2) + (i % 2)] = ShortScale.Round(row[i], factor);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Span<float> ColumnFactors(Matrix<float> source)
    {
        _factors = _factors.AtLeast(Columns);
        _largest = _largest.AtLeast(Columns);
        Span<float> squares = _factors.Span[..Columns];
        Span<float> largest = _largest.Span[..Columns];
        squares.Clear();
        largest.Clear();
        for (int k = 0; k < Depth; k++)
        {
            Span<float> row = source[k];
            int column = 0;
            for (; column <= Columns - 8; column += 8)
            {
                Vector256<float> values = Vector256.Create<float>(row[column..]);
                (Vector256.Create<float>(squares[column..]) + (values * values)).CopyTo(squares[column..]);
                Vector256.MaxNative(Vector256.Create<float>(largest[column..]), Vector256.Abs(values)).CopyTo(largest[column..]);
            }

            for (; column < Columns; column++)
            {
                squares[column] += row[column] * row[column];
                largest[column] = MathF.Max(largest[column], MathF.Abs(row[column]));
            }
        }

        float limit = ShortScale.Limit(Depth);
        for (int column = 0; column < Columns; column++)
        {
            squares[column] = ShortScale.Factor(squares[column], largest[column], limit, out _scales.Span[column]);
        }

        return squares;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(ReadOnlySpan<float> even, ReadOnlySpan<float> odd, ReadOnlySpan<float> factors, Span<int> target)
    {
        int column = 0;
        for (; column <= target.Length - 8; column += 8)
        {
            var scale = Vector256.Create(factors[column..]);
            Vector256<int> low = ShortScale.Round(Vector256.Create(even[column..]), scale);
            Vector256<int> high = odd.IsEmpty ? default : ShortScale.Round(Vector256.Create(odd[column..]), scale);
            ((low & Vector256.Create(0xFFFF)) | (high << 16)).CopyTo(target[column..]);
        }

        for (; column < target.Length; column++)
        {
            int high = odd.IsEmpty ? 0 : ShortScale.Round(odd[column], factors[column]);
            target[column] = (ushort)ShortScale.Round(even[column], factors[column]) | (high << 16);
        }
    }

    private readonly struct Packing(ShortPanels panels, Matrix<float> source) : IWork
    {
        public void Execute(int piece, int worker) => panels.PackTransposed(source, piece * Width);
    }
}
