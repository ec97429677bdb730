namespace Picket.Compute.Quantised;

/// <summary>Some rows by the 32 columns of one panel.</summary>
internal readonly ref struct Tile
{
    /// <summary>Columns of a panel.</summary>
    public const int Columns = 32;

    /// <summary>Rows that lie together.</summary>
    public const int MaxRows = 8;

    /// <summary>32-bit elements of a row in one step: each holds four int8 or two int16 numbers.</summary>
    public const int RowStep = 4;

    /// <summary>32-bit elements of a panel in one step.</summary>
    public const int PanelStep = RowStep * Columns;

    /// <summary>Rows, up to <see cref="MaxRows"/>.</summary>
    public required int Rows { get; init; }

    /// <summary>Steps.</summary>
    public required int Steps { get; init; }

    /// <summary>The rows, for every step four elements each, one row after the other.</summary>
    public required Pointer<int> Left { get; init; }

    /// <summary>The rows' scales.</summary>
    public required Pointer<float> Scales { get; init; }

    /// <summary>What the rows hold for zero.</summary>
    public Pointer<int> Zeros { get; init; }

    /// <summary>The panel: for each of the step's elements, 32 columns.</summary>
    public required Pointer<int> Right { get; init; }

    /// <summary>The sums of the columns' weights.</summary>
    public Pointer<int> ColumnSums { get; init; }

    /// <summary>The columns' scales.</summary>
    public required Pointer<float> ColumnScales { get; init; }

    /// <summary>Added to each row.</summary>
    public Pointer<float> Bias { get; init; }

    /// <summary>Where the first row goes; 32 columns are written.</summary>
    public required Pointer<float> Target { get; init; }

    /// <summary>Elements from one row of the target to the next.</summary>
    public required nint Stride { get; init; }
}

/// <summary>A way to compute a tile; all give the same bits.</summary>
internal interface ITileKernel
{
    /// <summary>Whether this machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>target = (left right - zeros sums) scales + bias; without zeros and bias where the products are not affine.</summary>
    static abstract void Multiply(in Tile tile);
}
