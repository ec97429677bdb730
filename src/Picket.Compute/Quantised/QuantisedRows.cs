using System.Runtime.CompilerServices;
using Picket.Compute.Quantised;

namespace Picket.Compute;

/// <summary>A float matrix in seven bits, every row with a scale and a zero: x = scale (value - zero), value and zero from 0 to 127.</summary>
/// <remarks>
/// Seven bits without sign are also eight bits with one, so that every machine's multiplication takes them. Several
/// <see cref="Int8Linear"/> may read the same rows. Grows when needed and is reused otherwise; a row that holds a NaN or an infinity gives
/// NaN wherever it is multiplied.
/// </remarks>
public sealed class QuantisedRows : IDisposable
{
    /// <summary>Rows that lie together: for every 16 columns, 16 bytes of each, one row after the other, so that a kernel reads one stream.</summary>
    internal const int Block = Tile.MaxRows;

    /// <summary>The largest value of a row.</summary>
    internal const int Largest = 127;

    private AlignedBuffer<byte> _values = new(0);
    private AlignedBuffer<float> _scales = new(0);
    private AlignedBuffer<int> _zeros = new(0);

    /// <summary>Rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Columns.</summary>
    public int Columns { get; private set; }

    internal int Steps => (Columns + Int8Panels.Step - 1) / Int8Panels.Step;

    internal Pointer<float> Scales => _scales.Pointer();

    internal Pointer<int> Zeros => _zeros.Pointer();

    private nint RowBytes => (nint)Steps * Int8Panels.Step;

    /// <summary>Takes <paramref name="input"/> in place of what was held before, on all of the context's threads.</summary>
    public void Quantise(ComputeContext context, Matrix<float> input)
    {
        Shape(input.Rows, input.Columns);
        context.Run((Rows + Block - 1) / Block, new Work(this, input));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _scales.Dispose();
        _zeros.Dispose();
    }

    /// <summary>Where the block of rows from <paramref name="row"/> on lies.</summary>
    internal Pointer<byte> From(int row) => _values.Pointer() + (row * RowBytes);

    /// <summary>Makes room without filling it: for tests that set the values themselves.</summary>
    internal void Shape(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        _values = _values.AtLeast(rows * RowBytes);
        _scales = _scales.AtLeast(rows);
        _zeros = _zeros.AtLeast(rows);
    }

    /// <summary>The value that stands for an element.</summary>
    internal int this[int row, int column]
    {
        get => From(row / Block * Block)[Place(row, column)];
        set => (From(row / Block * Block) + Place(row, column))[0] = (byte)value;
    }

    private nint Place(int row, int column) =>
        (((nint)column / Int8Panels.Step * Math.Min(Block, Rows - (row / Block * Block))) + (row % Block)) * Int8Panels.Step
        + (column % Int8Panels.Step);

    private readonly struct Work(QuantisedRows rows, Matrix<float> input) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int piece, int worker)
        {
            int first = piece * Block;
            int count = Math.Min(Block, rows.Rows - first);
            for (int row = first; row < first + count; row++)
            {
                RowQuantiser.Quantise(
                    input.SliceRows(row, 1).Pointer,
                    rows.Columns,
                    rows.From(first) + ((row - first) * Int8Panels.Step),
                    count * Int8Panels.Step,
                    out (rows.Scales + row).Span(1)[0],
                    out (rows.Zeros + row).Span(1)[0]);
            }
        }
    }
}
