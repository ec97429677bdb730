namespace Picket.Compute.Quantised;

/// <summary>Some rows by the 32 columns of one panel.</summary>
internal readonly ref struct Int8Tile
{
    /// <summary>Rows, up to <see cref="QuantisedRows.Block"/>.</summary>
    public required int Rows { get; init; }

    /// <summary>Turns of <see cref="Int8Panels.Step"/> k.</summary>
    public required int Steps { get; init; }

    /// <summary>The rows, for every turn 16 bytes each, one row after the other.</summary>
    public required Pointer<byte> Left { get; init; }

    /// <summary>The rows' scales.</summary>
    public required Pointer<float> Scales { get; init; }

    /// <summary>What the rows hold for zero.</summary>
    public required Pointer<int> Zeros { get; init; }

    /// <summary>The panel.</summary>
    public required Pointer<sbyte> Right { get; init; }

    /// <summary>The sums of the columns' weights.</summary>
    public required Pointer<int> ColumnSums { get; init; }

    /// <summary>The columns' scales.</summary>
    public required Pointer<float> ColumnScales { get; init; }

    /// <summary>Added to each row.</summary>
    public required Pointer<float> Bias { get; init; }

    /// <summary>Where the first row goes; 32 columns are written.</summary>
    public required Pointer<float> Target { get; init; }

    /// <summary>Elements from one row of the target to the next.</summary>
    public required nint Stride { get; init; }
}

/// <summary>A way to compute a tile; all give the same bits.</summary>
internal interface IInt8Kernel
{
    /// <summary>Whether this machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>target = (left right - zeros sums) scales + bias.</summary>
    static abstract void Multiply(in Int8Tile tile);
}
