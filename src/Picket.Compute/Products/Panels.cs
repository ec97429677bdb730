using Picket.Compute.Products;

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

    private Panels(Matrix<float> memory, int depth, int columns)
    {
        _memory = memory;
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

    /// <summary>Packs <paramref name="source"/>.</summary>
    /// <param name="source">Depth x columns.</param>
    /// <param name="context">Threads to share the work; by default the caller does it alone.</param>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public void Pack(Matrix<float> source, ComputeContext? context = null)
    {
        Check(source.Rows, source.Columns);
        LinearParts.Run(context, (Depth + PanelCopy.Rows - 1) / PanelCopy.Rows, new PanelCopy(this, source));
    }

    /// <summary>Packs the transpose of <paramref name="source"/>, columns x depth: a weight matrix as files hold it, or the keys of a head.</summary>
    /// <param name="source">Columns x depth.</param>
    /// <param name="context">Threads to share the work; by default the caller does it alone.</param>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public void PackTransposed(Matrix<float> source, ComputeContext? context = null)
    {
        Check(source.Columns, source.Rows);
        LinearParts.Run(context, Count(Columns), new Transposing(this, source));
    }

    /// <summary>Some columns, from a multiple of <see cref="Width"/> on: no copy.</summary>
    internal Panels SliceColumns(int column, int columns) =>
        new(_memory.SliceRows(column / Width * Depth, Count(columns) * Depth), Depth, columns);

    /// <summary>The first element of a panel, for kernels.</summary>
    internal Pointer<float> Panel(int panel) => _memory.Pointer + ((nint)panel * Depth * Width);

    internal float At(int k, int column) => _memory[(column / Width * Depth) + k][column % Width];

    private void Check(int depth, int columns)
    {
        if (depth != Depth || columns != Columns)
        {
            throw new ArgumentException($"expected a depth of {Depth} and {Columns} columns, found {depth} and {columns}", nameof(columns));
        }
    }

    private readonly struct Transposing(Panels panels, Matrix<float> source) : IWork
    {
        public void Execute(int piece, int worker)
        {
            int column = piece * Width;
            int columns = Math.Min(Width, source.Rows - column);
            Transpose.ToPanel(source.SliceRows(column, columns), panels.Panel(piece));
        }
    }
}
