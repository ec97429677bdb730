using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
    public void PackTransposed(Matrix<float> source)
    {
        Shape(source.Columns, source.Rows);
        for (int column = 0; column < Columns; column++)
        {
            Pointer<float> row = source.SliceRows(column, 1).Pointer;
            float factor = ShortScale.Factor(row, Depth, out (Scales + column).Span(1)[0]);
            Scatter(row, Depth, factor, Panel(column / Width) + (column % Width));
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(Pointer<float> row, int depth, float factor, Pointer<int> target)
    {
        var factors = Vector256.Create(factor);
        for (; depth >= Step; depth -= Step)
        {
            Vector256<int> numbers = ShortScale.Round(row.Load256(0), factors);
            Vector128<int> pairs = Vector128.Narrow(numbers.GetLower(), numbers.GetUpper()).AsInt32();
            target[0] = pairs[0];
            target[Width] = pairs[1];
            target[Width * 2] = pairs[2];
            target[Width * 3] = pairs[3];
            row += Step;
            target += Tile.PanelStep;
        }

        for (int k = 0; k < depth; k++)
        {
            target.As<short>()[(k / 2 * Width * 2) + (k % 2)] = ShortScale.Round(row[k], factor);
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

        for (int column = 0; column < Columns; column++)
        {
            squares[column] = ShortScale.Factor(squares[column], largest[column], Depth, out _scales.Span[column]);
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
}
