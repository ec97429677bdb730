using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>Layer normalisation (Ba et al. 2016), with what stands before it in a transformer.</summary>
public static class NormOperation
{
    /// <summary>norm(x), row by row.</summary>
    public static Variable Norm(this Tape tape, Variable input, Parameter gain, Parameter bias, float epsilon)
    {
        ComputeContext context = tape.Context;
        Variable output = tape.New(input.Value.Rows, input.Value.Columns);
        RowPieces.ForRows(
            context,
            input.Value.Rows,
            row => Elementwise.LayerNorm(context.Simd, input.Value[row], [], gain.Values, bias.Values, epsilon, output.Value[row]));
        tape.Note(output, () =>
        {
            Matrix<float> inputGradient = input.AddGradient(out bool accumulate);
            int columns = inputGradient.Columns;
            int blocks = RowPieces.Blocks(inputGradient.Rows);
            Matrix<float> gains = tape.Take(blocks, columns);
            Matrix<float> biases = tape.Take(blocks, columns);
            RowPieces.ForBlocks(context, inputGradient.Rows, (first, end, block) =>
            {
                gains[block].Clear();
                biases[block].Clear();
                for (int row = first; row < end; row++)
                {
                    Gradients.LayerNorm(
                        context.Simd,
                        input.Value[row],
                        gain.Values,
                        epsilon,
                        output.Gradient[row],
                        inputGradient[row],
                        gains[block],
                        biases[block],
                        accumulate);
                }
            });
            RowPieces.AddColumnSums(context, gains, gain.Gradient);
            RowPieces.AddColumnSums(context, biases, bias.Gradient);
        });
        return output;
    }

    /// <summary>norm(dropout(x) + residual).</summary>
    public static Variable AddNorm(
        this Tape tape, Variable input, float dropoutRate, Variable residual, Parameter gain, Parameter bias, float epsilon)
    {
        ComputeContext context = tape.Context;
        Dropout dropout = tape.Drop(dropoutRate);
        Variable sum = tape.New(input.Value.Rows, input.Value.Columns);
        RowPieces.ForRows(context, input.Value.Rows, row =>
        {
            input.Value[row].CopyTo(sum.Value[row]);
            dropout.Apply(sum.Value[row], row);
            Kernels.AddScaled(sum.Value[row], residual.Value[row], 1);
        });
        tape.Note(sum, () =>
        {
            Matrix<float> residualGradient = residual.AddGradient(out bool add);
            Matrix<float> inputGradient = input.AddGradient(out bool accumulate);
            RowPieces.ForRows(context, inputGradient.Rows, row =>
            {
                Flow.Into(residualGradient[row], sum.Gradient[row], add);
                dropout.Apply(sum.Gradient[row], row);
                Flow.Into(inputGradient[row], sum.Gradient[row], accumulate);
            });
        });
        return tape.Norm(sum, gain, bias, epsilon);
    }
}
