using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>Linear maps.</summary>
public static class LinearOperation
{
    /// <summary>y = x Wᵀ + b.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="input">rows x inputs.</param>
    /// <param name="weight">outputs x inputs.</param>
    /// <param name="bias">1 x outputs.</param>
    /// <returns>rows x outputs.</returns>
    public static Variable Linear(this Tape tape, Variable input, Parameter weight, Parameter bias)
    {
        ComputeContext context = tape.Context;
        Variable output = tape.New(input.Value.Rows, weight.Value.Rows);
        ParallelGemm.MultiplyTransposed(context, input.Value, weight.Value, bias.Values, output.Value, tape.Products);
        tape.Note(output, () =>
        {
            Matrix<float> gradient = output.Gradient;
            ParallelGemm.TransposedMultiply(context, gradient, input.Value, weight.Gradient, tape.Products, accumulate: true);
            RowPieces.AddColumnSums(context, gradient, bias.Gradient);
            Matrix<float> inputGradient = input.AddGradient(out bool accumulate);
            ParallelGemm.Multiply(context, gradient, weight.Value, inputGradient, tape.Products, accumulate);
        });
        return output;
    }
}
