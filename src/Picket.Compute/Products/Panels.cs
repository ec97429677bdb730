namespace Picket.Compute;

/// <summary>The right-hand side of a product, depth x columns, in the order the kernel reads it: panels of 32 columns, each depth x 32.</summary>
/// <remarks>The columns missing in the last panel are zero. A view: the memory is the caller's.</remarks>
public readonly struct Panels
{
    /// <summary>Columns of a panel, on every machine.</summary>
    public const int Width = 32;

    private readonly Matrix<float> _memory;

    /// <summary>A place for a packed matrix in <paramref name="memory"/>, from element <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentException">The memory is too short: <see cref="Length"/> says what it takes.</exception>
    public Panels(AlignedBuffer<float> memory, int depth, int columns, long offset = 0)
    {
        _memory = new Matrix<float>(memory, Count(columns) * depth, Width, Width, offset);
        Depth = depth;
        Columns = columns;
    }

    /// <summary>Rows of the matrix.</summary>
    public int Depth { get; }

    /// <summary>Columns of the matrix.</summary>
    public int Columns { get; }

    /// <summary>Elements that a packed depth x columns matrix takes.</summary>
    public static long Length(int depth, int columns) => (long)Count(columns) * depth * Width;

    /// <summary>Panels of that many columns.</summary>
    public static int Count(int columns) => (columns + Width - 1) / Width;

    /// <summary>Packs <paramref name="source"/>, depth x columns.</summary>
    public void Pack(Matrix<float> source)
    {
        for (int column = 0; column < Count(Columns) * Width; column++)
        {
            for (int k = 0; k < Depth; k++)
            {
                _memory[(column / Width * Depth) + k][column % Width] = column < Columns ? source[k][column] : 0;
            }
        }
    }

    /// <summary>Packs the transpose of <paramref name="source"/>, columns x depth: a weight matrix as files hold it, or the keys of a head.</summary>
    public void PackTransposed(Matrix<float> source)
    {
        for (int column = 0; column < Count(Columns) * Width; column++)
        {
            for (int k = 0; k < Depth; k++)
            {
                _memory[(column / Width * Depth) + k][column % Width] = column < Columns ? source[column][k] : 0;
            }
        }
    }

    internal float At(int k, int column) => _memory[(column / Width * Depth) + k][column % Width];
}
