using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Picket.Compute.Simd;

namespace Picket.Compute.Products;

/// <summary>Rows times one packed panel: the unit that threads share out. The panel stays in the second-level cache over all tiles of rows.</summary>
internal readonly struct FloatPanel
{
    private const int MostRows = 8;

    /// <summary>Every property that is required must be set.</summary>
    public FloatPanel()
    {
    }

    /// <summary>The first row of the left side.</summary>
    public required Pointer<float> Left { get; init; }

    /// <summary>Floats from one row of the left side to the next.</summary>
    public required nint LeftStride { get; init; }

    /// <summary>Floats from one number of a row to the next: 1, or the width of a panel where the left side is packed, too.</summary>
    public nint LeftStep { get; init; } = 1;

    /// <summary>Rows of the left side and of the target.</summary>
    public required int Rows { get; init; }

    /// <summary>The panel, <see cref="Depth"/> x <see cref="Panels.Width"/>.</summary>
    public required Pointer<float> Right { get; init; }

    /// <summary>Whether the panel is in <see cref="Halves"/> still, and <see cref="Right"/> a place for it as floats.</summary>
    public bool FromHalves { get; init; }

    /// <summary>The panel in 16-bit floats.</summary>
    public Pointer<ushort> Halves { get; init; }

    /// <summary>Numbers to sum.</summary>
    public required nint Depth { get; init; }

    /// <summary>Added to every row: one a column of the panel.</summary>
    public required Pointer<float> Bias { get; init; }

    /// <summary>Whether the product is added to what the target holds, and not to <see cref="Bias"/>.</summary>
    public bool Accumulate { get; init; }

    /// <summary>The first row of the target.</summary>
    public required Pointer<float> Target { get; init; }

    /// <summary>Floats from one row of the target to the next.</summary>
    public required nint TargetStride { get; init; }

    /// <summary>Columns of the panel that the target has.</summary>
    public required int Columns { get; init; }

    /// <summary>The panel that this thread will probably read next, which is fetched meanwhile.</summary>
    public required Pointer<float> Ahead { get; init; }

    /// <summary>Tiles that it takes to fetch that panel at one cache line a step: it has two a step, or one where weights are halves.</summary>
    public int AheadTiles { get; init; } = 2;

    /// <summary>What is done to the sums while they lie in the first-level cache.</summary>
    public Activation Activation { get; init; }

    /// <summary>Does the product.</summary>
    public void Multiply(SimdLevel simd)
    {
        switch (simd)
        {
            case SimdLevel.Vector512:
                Multiply<Lanes512, Vector512<float>>(simd, mostRows: MostRows);
                break;
            // 16 registers: 12 sums, two vectors of the panel, one number of a row.
            case SimdLevel.Vector256:
                Multiply<Lanes256, Vector256<float>>(simd, mostRows: 6);
                break;
            default:
                Multiply<Lanes128, Vector128<float>>(simd, mostRows: 6);
                break;
        }
    }

    // Tiles differ by one row at most: 37 rows are 8, 8, 7, 7 and 7, since a tile of 5 would leave units idle.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply<TLanes, TVector>(SimdLevel simd, int mostRows)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        int tiles = (Rows + mostRows - 1) / mostRows;
        int fetched = 0;
        for (int row = 0; tiles > 0; tiles--)
        {
            int rows = (Rows - row + tiles - 1) / tiles;
            for (int column = 0; column < Columns; column += 2 * TLanes.Count)
            {
                Pointer<float> ahead = fetched < AheadTiles ? Ahead + (fetched * Depth * Panels.Width / 2) : Right;
                fetched++;
                if (column + (2 * TLanes.Count) <= Columns)
                {
                    MultiplyTile<TLanes, TVector>(row, rows, column, Target + (row * TargetStride) + column, TargetStride, ahead);
                }
                else
                {
                    MultiplyEdge<TLanes, TVector>(row, rows, column, ahead);
                }
            }

            if (Activation == Activation.Gelu)
            {
                for (int i = row; i < row + rows; i++)
                {
                    Elementwise.Gelu(simd, (Target + (i * TargetStride)).Span(Columns));
                }
            }

            row += rows;
        }
    }

    // The first tile turns halves into floats on the way. Of the machine's peak, 16, 32 and 64 rows reach 80, 88 and 92 % (Zen 4); after a pass
    // of its own they reached 73, 84 and 90 %.
    private void MultiplyTile<TLanes, TVector>(int row, int rows, int column, Pointer<float> target, nint targetStride, Pointer<float> ahead)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (FromHalves && row == 0)
        {
            var halves = new HalfColumns<TLanes, TVector>(Halves + column, Right + column);
            MultiplyTile<TLanes, TVector, HalfColumns<TLanes, TVector>>(row, rows, column, halves, target, targetStride, ahead);
        }
        else
        {
            var floats = new FloatColumns<TLanes, TVector>(Right + column);
            MultiplyTile<TLanes, TVector, FloatColumns<TLanes, TVector>>(row, rows, column, floats, target, targetStride, ahead);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyTile<TLanes, TVector, TColumns>(
        int row, int rows, int column, TColumns right, Pointer<float> target, nint targetStride, Pointer<float> ahead)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, IColumns<TVector>
    {
        Pointer<float> left = Left + (row * LeftStride);
        Pointer<float> addend = Accumulate ? target : Bias + column;
        nint addendStride = Accumulate ? targetStride : 0;
        switch (rows)
        {
            case 1:
                FloatTile.Multiply<TLanes, TVector, Rows1, TColumns>(
                    left, LeftStride, LeftStep, right, Depth, addend, addendStride, target, targetStride, ahead);
                break;
            case 2:
                FloatTile.Multiply<TLanes, TVector, Rows2, TColumns>(
                    left, LeftStride, LeftStep, right, Depth, addend, addendStride, target, targetStride, ahead);
                break;
            case 3:
                FloatTile.Multiply<TLanes, TVector, Rows3, TColumns>(
                    left, LeftStride, LeftStep, right, Depth, addend, addendStride, target, targetStride, ahead);
                break;
            case 4:
                FloatTile.Multiply<TLanes, TVector, Rows4, TColumns>(
                    left, LeftStride, LeftStep, right, Depth, addend, addendStride, target, targetStride, ahead);
                break;
            case 5:
                FloatTile.Multiply<TLanes, TVector, Rows5, TColumns>(
                    left, LeftStride, LeftStep, right, Depth, addend, addendStride, target, targetStride, ahead);
                break;
            case 6:
                FloatTile.Multiply<TLanes, TVector, Rows6, TColumns>(
                    left, LeftStride, LeftStep, right, Depth, addend, addendStride, target, targetStride, ahead);
                break;
            case 7:
                FloatTile.Multiply<TLanes, TVector, Rows7, TColumns>(
                    left, LeftStride, LeftStep, right, Depth, addend, addendStride, target, targetStride, ahead);
                break;
            default:
                FloatTile.Multiply<TLanes, TVector, Rows8, TColumns>(
                    left, LeftStride, LeftStep, right, Depth, addend, addendStride, target, targetStride, ahead);
                break;
        }
    }

    // The tile goes to the stack, and what the target has of it from there to the target; the other way first where it is added to.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe void MultiplyEdge<TLanes, TVector>(int row, int rows, int column, Pointer<float> ahead)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        float* memory = stackalloc float[MostRows * Panels.Width];
        var tile = new Pointer<float>(memory, MostRows * Panels.Width);
        for (int i = 0; i < rows && Accumulate; i++)
        {
            EdgeOfTarget(row + i, column).CopyTo((tile + (i * Panels.Width)).Span(Panels.Width));
        }

        MultiplyTile<TLanes, TVector>(row, rows, column, tile, Panels.Width, ahead);
        for (int i = 0; i < rows; i++)
        {
            Span<float> target = EdgeOfTarget(row + i, column);
            (tile + (i * Panels.Width)).Span(target.Length).CopyTo(target);
        }
    }

    private Span<float> EdgeOfTarget(int row, int column) => (Target + (row * TargetStride) + column).Span(Columns - column);
}
