using System.Runtime.CompilerServices;

namespace Picket.Compute;

/// <summary>A view of row-major native memory: no owner, valid as long as the buffer under it.</summary>
/// <typeparam name="T">Element type.</typeparam>
public readonly unsafe struct Matrix<T>
    where T : unmanaged
{
    private readonly T* _data;

    /// <summary>A view of <paramref name="buffer"/> from element <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentException">It does not fit in the buffer, or rows overlap.</exception>
    public Matrix(AlignedBuffer<T> buffer, int rows, int columns, int stride, long offset = 0)
        : this(buffer.Address + offset, rows, columns, stride)
    {
        bool fits = rows >= 0 && columns >= 0 && stride >= columns && offset >= 0
            && (rows == 0 || offset + ((rows - 1) * (long)stride) + columns <= buffer.Length);
        if (!fits)
        {
            throw new ArgumentException(
                $"expected a matrix within {buffer.Length} elements, found {rows} x {columns}, stride {stride}, from {offset}", nameof(buffer));
        }
    }

    private Matrix(T* data, int rows, int columns, int stride)
    {
        _data = data;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Elements from one row's start to the next one's.</summary>
    public int Stride { get; }

    /// <summary>One row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<T> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)row < (uint)Rows ? new Span<T>(_data + ((nint)row * Stride), Columns) : throw new ArgumentOutOfRangeException(nameof(row));
    }

    /// <summary>A part of it: no copy.</summary>
    /// <exception cref="ArgumentException">The part reaches outside.</exception>
    public Matrix<T> Slice(int row, int rows, int column, int columns)
    {
        bool fits = (uint)row <= (uint)Rows && (uint)rows <= (uint)(Rows - row)
            && (uint)column <= (uint)Columns && (uint)columns <= (uint)(Columns - column);
        return fits
            ? new Matrix<T>(_data + ((nint)row * Stride) + column, rows, columns, Stride)
            : throw new ArgumentException($"expected a part of {Rows} x {Columns}, found {rows} x {columns} from [{row}, {column}]", nameof(rows));
    }

    /// <summary>Some rows: no copy.</summary>
    public Matrix<T> SliceRows(int row, int rows) => Slice(row, rows, 0, Columns);

    /// <summary>Some columns: no copy.</summary>
    public Matrix<T> SliceColumns(int column, int columns) => Slice(0, Rows, column, columns);

    /// <summary>The first element, for kernels.</summary>
    internal Pointer<T> Pointer => new(_data, Rows == 0 ? 0 : ((Rows - 1) * (long)Stride) + Columns);
}
