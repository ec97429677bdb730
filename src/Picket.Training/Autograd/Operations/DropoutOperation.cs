using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>Dropout.</summary>
public static class DropoutOperation
{
    /// <summary>Each element times 0 or 1 / (1 - rate); the input itself where dropout is off.</summary>
    public static Variable Dropout(this Tape tape, Variable input, float rate)
    {
        Dropout dropout = tape.Drop(rate);
        if (dropout.IsOff)
        {
            return input;
        }

        ComputeContext context = tape.Context;
        Variable output = tape.New(input.Value.Rows, input.Value.Columns);
        RowPieces.ForRows(context, input.Value.Rows, row =>
        {
            input.Value[row].CopyTo(output.Value[row]);
            dropout.Apply(output.Value[row], row);
        });
        tape.Note(output, () =>
        {
            Matrix<float> inputGradient = input.AddGradient(out bool accumulate);
            RowPieces.ForRows(context, inputGradient.Rows, row =>
            {
                // The output's gradient is read for the last time here.
                dropout.Apply(output.Gradient[row], row);
                Flow.Into(inputGradient[row], output.Gradient[row], accumulate);
            });
        });
        return output;
    }
}
