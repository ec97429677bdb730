namespace Picket.Compute.Products;

/// <summary>
/// target = activation(left right + bias), or target += left right, with the right side packed: a panel times a block of rows is a piece that
/// threads share out.
/// </summary>
/// <remarks>An element is summed in the order of the depth, whatever the number of threads and whichever rows stand beside it.</remarks>
internal readonly struct PanelProduct : IWork
{
    /// <summary>Every property that is required must be set, and one of the left sides.</summary>
    public PanelProduct()
    {
    }

    /// <summary>rows x depth, where it is not packed.</summary>
    public Matrix<float> Left { get; init; }

    /// <summary>The left side turned over and packed: depth x rows.</summary>
    public Panels? LeftPanels { get; init; }

    /// <summary>depth x columns, of which those are used that the target has.</summary>
    public required Panels Right { get; init; }

    /// <summary>One a column, with zeros up to a whole panel.</summary>
    public required Pointer<float> Bias { get; init; }

    /// <summary>rows x columns.</summary>
    public required Matrix<float> Target { get; init; }

    /// <summary>What is done to the sums.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether the product is added to what the target holds, and not to <see cref="Bias"/>.</summary>
    public bool Accumulate { get; init; }

    /// <summary>The depth is cut into parts of this length, each added to the target when its sums are done.</summary>
    public int DepthPart { get; init; } = int.MaxValue;

    private SimdLevel Simd { get; init; }

    private int Threads { get; init; }

    private int Blocks { get; init; }

    /// <summary>Does the product on all of the context's threads.</summary>
    public void Run(ComputeContext context)
    {
        int panels = Panels.Count(Target.Columns);
        int blocks = LinearParts.RowBlocks(context.Threads, panels, Target.Rows);
        context.Run(panels * blocks, this with { Simd = context.Simd, Threads = context.Threads, Blocks = blocks });
    }

    /// <inheritdoc/>
    public void Execute(int piece, int worker)
    {
        // All panels for one block of rows, then the next block: the block stays in the third-level cache.
        int panels = Panels.Count(Target.Columns);
        int block = piece / panels;
        int panel = piece % panels;
        int unit = LeftPanels is null ? 1 : Panels.Width;
        int units = (Target.Rows + unit - 1) / unit;
        int first = (int)((long)units * block / Blocks) * unit;
        int end = Math.Min(Target.Rows, (int)((long)units * (block + 1) / Blocks) * unit);
        int k = 0;
        do
        {
            int depth = Math.Min(DepthPart, Right.Depth - k);
            int step = LeftPanels is null ? end - first : unit;
            for (int row = first; row < end; row += step)
            {
                Multiply(panel, row, Math.Min(step, end - row), k, depth);
            }

            k += depth;
        }
        while (k < Right.Depth);
    }

    private void Multiply(int panel, int row, int rows, int k, int depth)
    {
        int column = panel * Panels.Width;
        Pointer<float> right = Right.Panel(panel) + ((nint)k * Panels.Width);
        Pointer<float> ahead = Right.Panel(Math.Min(panel + Threads, Panels.Count(Target.Columns) - 1)) + ((nint)k * Panels.Width);
        Pointer<float> left = Left.Pointer + ((nint)row * Left.Stride) + k;
        if (LeftPanels is { } packed)
        {
            int number = row / Panels.Width;
            left = packed.Panel(number) + ((nint)k * Panels.Width);
            ahead = packed.Panel(Math.Min(number + 1, Panels.Count(packed.Columns) - 1)) + ((nint)k * Panels.Width);
        }

        var product = new FloatPanel
        {
            Left = left,
            LeftStride = LeftPanels is null ? Left.Stride : 1,
            LeftStep = LeftPanels is null ? 1 : Panels.Width,
            Rows = rows,
            Right = right,
            Depth = depth,
            Bias = Bias + column,
            Accumulate = Accumulate || k > 0,
            Target = Target.Pointer + ((nint)row * Target.Stride) + column,
            TargetStride = Target.Stride,
            Columns = Math.Min(Panels.Width, Target.Columns - column),
            Ahead = ahead,
            Activation = k + depth == Right.Depth ? Activation : Activation.None,
        };
        product.Multiply(Simd);
    }
}
