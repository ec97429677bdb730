using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>Losses: they end a pass and set the gradient of what they are computed from.</summary>
public static class LossOperation
{
    /// <summary>Mean cross-entropy of softmax(logits) to one class a row.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="logits">rows x classes.</param>
    /// <param name="classes">One a row.</param>
    /// <param name="share">What the gradient is multiplied with; the returned loss is not.</param>
    public static double CrossEntropy(this Tape tape, Variable logits, ReadOnlySpan<int> classes, float share)
    {
        int[] targets = classes.ToArray();
        return Loss(tape, logits, share, (row, gradient) =>
        {
            double probability = Math.Max(gradient[targets[row]], float.Epsilon);
            gradient[targets[row]] -= 1;
            return -Math.Log(probability);
        });
    }

    /// <summary>Mean cross-entropy of softmax(logits) of two classes to the probability of the second.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="logits">rows x 2: safe, unsafe.</param>
    /// <param name="targets">The probability of unsafe, one a row.</param>
    /// <param name="share">What the gradient is multiplied with; the returned loss is not.</param>
    public static double BinaryCrossEntropy(this Tape tape, Variable logits, ReadOnlySpan<double> targets, float share)
    {
        double[] wanted = targets.ToArray();
        return Loss(tape, logits, share, (row, gradient) =>
        {
            // From the logits: the logarithm of a probability that rounds to 0 would be lost.
            double margin = (double)logits.Value[row][1] - logits.Value[row][0];
            double target = wanted[row];
            gradient[0] -= (float)(1 - target);
            gradient[1] -= (float)target;
            return Logistic.SoftPlus(margin) - (target * margin);
        });
    }

    // The term of a row gets softmax(logits) and makes the gradient of it.
    private static double Loss(Tape tape, Variable logits, float share, Func<int, Span<float>, double> term)
    {
        Matrix<float> gradient = tape.IsTraining
            ? logits.AddGradient(out _)
            : tape.Take(logits.Value.Rows, logits.Value.Columns);
        int rows = gradient.Rows;
        double[] terms = new double[rows];
        RowPieces.ForRows(tape.Context, rows, row =>
        {
            Span<float> values = gradient[row];
            logits.Value[row].CopyTo(values);
            Elementwise.Softmax(tape.Context.Simd, values, 1);
            terms[row] = term(row, values);
            Kernels.Scale(values, share / rows);
        });
        return terms.Sum() / rows;
    }
}
