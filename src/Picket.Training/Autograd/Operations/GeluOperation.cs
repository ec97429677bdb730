using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>GELU.</summary>
public static class GeluOperation
{
    /// <summary>y = x Φ(x), element by element.</summary>
    public static Variable Gelu(this Tape tape, Variable input)
    {
        ComputeContext context = tape.Context;
        Variable output = tape.New(input.Value.Rows, input.Value.Columns);
        RowPieces.ForRows(context, input.Value.Rows, row =>
        {
            input.Value[row].CopyTo(output.Value[row]);
            Elementwise.Gelu(context.Simd, output.Value[row]);
        });
        tape.Note(output, () =>
        {
            Matrix<float> inputGradient = input.AddGradient(out bool accumulate);
            RowPieces.ForRows(
                context,
                inputGradient.Rows,
                row => Gradients.Gelu(context.Simd, input.Value[row], output.Gradient[row], inputGradient[row], accumulate));
        });
        return output;
    }
}
