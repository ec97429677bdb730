using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>Work on rows or columns, shared over a context's threads in pieces whose bounds do not depend on how many there are.</summary>
internal static class RowPieces
{
    // Some microseconds a piece, so that handing it out costs little; and partial sums of so many rows are kept.
    private const int Rows = 32;
    private const int Columns = 64;

    /// <summary>Does <paramref name="body"/> for every row.</summary>
    public static void ForRows(ComputeContext context, int rows, Action<int> body) =>
        ForBlocks(context, rows, (first, end, _) =>
        {
            for (int row = first; row < end; row++)
            {
                body(row);
            }
        });

    /// <summary>Does <paramref name="body"/> for every block of rows: the first, the end, the block's number.</summary>
    public static void ForBlocks(ComputeContext context, int rows, Action<int, int, int> body) => Run(context, rows, Rows, body);

    /// <summary>Blocks that <see cref="ForBlocks"/> makes.</summary>
    public static int Blocks(int rows) => (rows + Rows - 1) / Rows;

    /// <summary>Does <paramref name="body"/> for every strip of columns: the first, and how many.</summary>
    public static void ForColumns(ComputeContext context, int columns, Action<int, int> body) =>
        Run(context, columns, Columns, (first, end, _) => body(first, end - first));

    /// <summary>Adds the sum of each column.</summary>
    public static void AddColumnSums(ComputeContext context, Matrix<float> source, Matrix<float> target) =>
        ForColumns(context, source.Columns, (first, count) =>
        {
            Span<float> sums = target[0].Slice(first, count);
            for (int row = 0; row < source.Rows; row++)
            {
                Kernels.AddScaled(sums, source[row].Slice(first, count), 1);
            }
        });

    private static void Run(ComputeContext context, int count, int size, Action<int, int, int> body) =>
        context.Run((count + size - 1) / size, new Work(count, size, body));

    private readonly struct Work(int count, int size, Action<int, int, int> body) : IWork
    {
        public void Execute(int piece, int worker) => body(piece * size, Math.Min(count, (piece + 1) * size), piece);
    }
}
