using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Picket.Compute.Quantised;

/// <summary>int8 weights in the order the kernels read them: panels of 32 columns; in a panel, for every four k, 32 columns of four bytes.</summary>
/// <remarks>
/// The depth is filled up to a multiple of 16 with zeros, the columns to a multiple of 32. Packing checks what makes the kernels' 16-bit sums
/// exact: see <see cref="Int8Quantiser.LargestSum"/>.
/// </remarks>
internal sealed class Int8Panels : IDisposable
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = Tile.Columns;

    /// <summary>k that share one 16-bit sum's turn; the depth is a multiple of it.</summary>
    public const int Step = 16;

    /// <summary>Bytes of a panel for <see cref="Step"/> k.</summary>
    public const int StepBytes = Step * Width;

    private readonly AlignedBuffer<sbyte> _memory;
    private readonly AlignedBuffer<int> _sums;

    /// <summary>Packs <paramref name="weights"/>, columns x depth.</summary>
    /// <exception cref="ArgumentException">Weights that the kernels' 16-bit sums would not hold.</exception>
    public unsafe Int8Panels(ComputeContext context, ReadOnlySpan<sbyte> weights, int columns)
    {
        Columns = columns;
        Depth = columns == 0 ? 0 : weights.Length / columns;
        if (weights.IsEmpty || Depth * (long)columns != weights.Length)
        {
            throw new ArgumentException($"expected a multiple of {columns} weights, found {weights.Length}", nameof(weights));
        }

        Steps = (Depth + Step - 1) / Step;
        Count = (columns + Width - 1) / Width;
        _memory = new AlignedBuffer<sbyte>((long)Count * PanelBytes);
        _sums = new AlignedBuffer<int>(Count * Width);
        try
        {
            fixed (sbyte* first = weights)
            {
                context.Run(Count, new Packing(this, new Pointer<sbyte>(first, weights.Length)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Columns, without those that fill the last panel.</summary>
    public int Columns { get; }

    /// <summary>Weights of a column.</summary>
    public int Depth { get; }

    /// <summary>Turns of <see cref="Step"/> k.</summary>
    public int Steps { get; }

    /// <summary>Panels.</summary>
    public int Count { get; }

    /// <summary>The sum of every column's weights.</summary>
    public Pointer<int> Sums => _sums.Pointer();

    private nint PanelBytes => (nint)Steps * StepBytes;

    /// <summary>One panel.</summary>
    public Pointer<sbyte> Panel(int number) => _memory.Pointer() + (number * PanelBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        _sums.Dispose();
    }

    private void Pack(Pointer<sbyte> weights, int number)
    {
        Pointer<sbyte> panel = Panel(number);
        int first = number * Width;
        int columns = Math.Min(Width, Columns - first);
        if (columns < Width || Depth % Step != 0)
        {
            panel.Span((int)PanelBytes).Clear();
        }

        for (int column = 0; column < columns; column++)
        {
            Scatter((weights + ((nint)(first + column) * Depth)).Span(Depth), panel.As<int>() + column);
        }

        if (!IsWithinBound(panel, Steps, (Sums + first).Span(Width)))
        {
            throw new ArgumentException(Fault((weights + ((nint)first * Depth)).Span(columns * Depth), Depth, first), nameof(weights));
        }
    }

    // Optimised at once, as is what else loading runs a few hundred times: by the time it would be, all is loaded.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ReadOnlySpan<sbyte> row, Pointer<int> target)
    {
        ReadOnlySpan<int> fours = MemoryMarshal.Cast<sbyte, int>(row);
        foreach (int four in fours)
        {
            target[0] = four;
            target += Width;
        }

        for (int k = fours.Length * 4; k < row.Length; k++)
        {
            target.As<sbyte>()[k % 4] = row[k];
        }
    }

    // As 16-bit lanes: one holds two k of a column, and the lanes that lie 32 columns apart, four of them, are summed by the kernels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsWithinBound(Pointer<sbyte> panel, int steps, Span<int> sums)
    {
        const int Apart = Width * 2;
        Vector<short> largest = Vector<short>.Zero;
        Vector<short> smallest = Vector<short>.Zero;
        for (int lane = 0; lane < Apart; lane += Vector<short>.Count)
        {
            Vector<int> total = Vector<int>.Zero;
            for (int step = 0; step < steps; step++)
            {
                ReadOnlySpan<short> lanes = (panel.As<short>() + (((nint)step * Apart * 4) + lane)).Span((Apart * 3) + Vector<short>.Count);
                Vector<short> positive = Vector<short>.Zero;
                Vector<short> negative = Vector<short>.Zero;
                for (int four = 0; four < 4; four++)
                {
                    var pair = new Vector<short>(lanes[(four * Apart)..]);
                    Vector<short> even = (pair << 8) >> 8;
                    Vector<short> odd = pair >> 8;
                    positive += Vector.Max(even, Vector<short>.Zero) + Vector.Max(odd, Vector<short>.Zero);
                    negative += Vector.Min(even, Vector<short>.Zero) + Vector.Min(odd, Vector<short>.Zero);
                }

                largest = Vector.Max(largest, positive);
                smallest = Vector.Min(smallest, negative);
                var both = (positive + negative).As<short, int>();
                total += ((both << 16) >> 16) + (both >> 16);
            }

            total.CopyTo(sums[(lane / 2)..]);
        }

        return Vector.LessThanOrEqualAll(largest, new Vector<short>(Int8Quantiser.LargestSum))
            && Vector.GreaterThanOrEqualAll(smallest, new Vector<short>(-Int8Quantiser.LargestSum));
    }

    private static string Fault(ReadOnlySpan<sbyte> source, int depth, int first)
    {
        for (int column = 0; column < source.Length / depth; column++)
        {
            int place = Int8Quantiser.FirstFault(source.Slice(column * depth, depth));
            if (place >= 0)
            {
                return $"expected weights of one sign that sum to at most {Int8Quantiser.LargestSum} in magnitude where eight share a sum, "
                    + $"found more in row {first + column} from input {place} on; "
                    + $"quantise with {nameof(Int8Quantiser)}.{nameof(Int8Quantiser.QuantiseWeights)}";
            }
        }

        return "the weights changed while they were packed";
    }

    private readonly struct Packing(Int8Panels panels, Pointer<sbyte> weights) : IWork
    {
        public void Execute(int piece, int worker) => panels.Pack(weights, piece);
    }
}
