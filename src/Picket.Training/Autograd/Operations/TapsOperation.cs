using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>What a convolution over a sequence's tokens multiplies.</summary>
public static class TapsOperation
{
    /// <summary>Each token's neighbours side by side, itself in the middle; zeros beyond the ends of its sequence.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="input">tokens x width.</param>
    /// <param name="taps">An odd number of neighbours.</param>
    /// <param name="starts">The first row of each sequence, then the number of rows; read again in the backward pass.</param>
    /// <returns>tokens x (taps width).</returns>
    public static Variable Taps(this Tape tape, Variable input, int taps, ReadOnlyMemory<int> starts)
    {
        int width = input.Value.Columns;
        Variable output = tape.New(input.Value.Rows, taps * width);
        for (int row = 0; row < output.Value.Rows; row++)
        {
            output.Value[row].Clear();
        }

        Pairs(taps, starts.Span, (row, tap, from) => input.Value[from].CopyTo(output.Value[row].Slice(tap * width, width)));
        tape.Note(output, () =>
        {
            Matrix<float> gradient = input.AddGradient();
            Pairs(taps, starts.Span, (row, tap, from) =>
                Kernels.AddScaled(gradient[from], output.Gradient[row].Slice(tap * width, width), 1));
        });
        return output;
    }

    private static void Pairs(int taps, ReadOnlySpan<int> starts, Action<int, int, int> use)
    {
        for (int sequence = 0; sequence < starts.Length - 1; sequence++)
        {
            (int first, int end) = (starts[sequence], starts[sequence + 1]);
            for (int row = first; row < end; row++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    int from = row + tap - (taps / 2);
                    if (from >= first && from < end)
                    {
                        use(row, tap, from);
                    }
                }
            }
        }
    }
}
