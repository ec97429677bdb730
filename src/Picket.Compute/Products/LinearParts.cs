namespace Picket.Compute.Products;

/// <summary>What linear maps share, whatever form their weights have.</summary>
internal static class LinearParts
{
    // Fewer rows than this a piece and the panel is read from memory more often than it is used from the cache.
    private const int LeastRows = 64;
    private const int MostRows = 256;
    private const int PiecesAThread = 8;

    /// <summary>The bias, with zeros up to a whole panel.</summary>
    /// <exception cref="ArgumentException">There is not one an output.</exception>
    public static AlignedBuffer<float> PadBias(ReadOnlySpan<float> bias, int outputs)
    {
        if (bias.Length != outputs)
        {
            throw new ArgumentException($"expected a bias of {outputs}, found {bias.Length}", nameof(bias));
        }

        var padded = new AlignedBuffer<float>(Panels.Count(outputs) * Panels.Width);
        padded.Span.Clear();
        bias.CopyTo(padded.Span);
        return padded;
    }

    /// <summary>Whether the matrices have the map's shape.</summary>
    /// <exception cref="ArgumentException">The matrices do not fit the map.</exception>
    public static void Check(Linear linear, Matrix<float> input, Matrix<float> output)
    {
        if (input.Columns != linear.Inputs || output.Columns != linear.Outputs || input.Rows != output.Rows)
        {
            throw new ArgumentException(
                $"expected rows of {linear.Inputs} and as many of {linear.Outputs}, "
                + $"found {input.Rows} x {input.Columns} and {output.Rows} x {output.Columns}",
                nameof(output));
        }
    }

    /// <summary>Does all pieces: on the context's threads, or without a context on the caller's alone.</summary>
    public static void Run<TWork>(ComputeContext? context, int count, TWork work)
        where TWork : struct, IWork
    {
        if (context is not null)
        {
            context.Run(count, work);
            return;
        }

        for (int piece = 0; piece < count; piece++)
        {
            work.Execute(piece, 0);
        }
    }

    /// <summary>Blocks of rows that a product is cut into: each panel once a block is a piece.</summary>
    public static int RowBlocks(int threads, int panels, int rows)
    {
        int forCache = (rows + MostRows - 1) / MostRows;
        int forThreads = threads == 1 ? 1 : Math.Min((threads * PiecesAThread + panels - 1) / panels, rows / LeastRows);
        return Math.Max(1, Math.Max(forCache, forThreads));
    }
}
