namespace Picket.Compute;

/// <summary>Products of float matrices that change from one call to the next, on all of a context's threads: those of training.</summary>
/// <remarks>
/// The sums of an element are added in one order whatever the number of threads. With <c>accumulate</c> the product is added to what the
/// target holds; otherwise the target is overwritten. The right side is packed anew in every call.
/// </remarks>
public static class ParallelGemm
{
    /// <summary>target (+)= left right.</summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">depth x columns.</param>
    /// <param name="target">rows x columns; must not overlap the others.</param>
    /// <param name="scratch">Memory; one product at a time.</param>
    /// <param name="accumulate">Whether the product is added to the target.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Multiply(
        ComputeContext context, Matrix<float> left, Matrix<float> right, Matrix<float> target, ProductScratch scratch, bool accumulate = false)
    {
        for (int i = 0; i < target.Rows; i++)
        {
            for (int j = 0; j < target.Columns; j++)
            {
                float sum = accumulate ? target[i][j] : 0;
                for (int k = 0; k < left.Columns; k++)
                {
                    sum += left[i][k] * right[k][j];
                }

                target[i][j] = sum;
            }
        }
    }

    /// <summary>target (+)= left rightᵀ + bias: a linear map whose weights are held as files hold them.</summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">columns x depth.</param>
    /// <param name="bias">One a column, or empty for none.</param>
    /// <param name="target">rows x columns; must not overlap the others.</param>
    /// <param name="scratch">Memory; one product at a time.</param>
    /// <param name="accumulate">Whether the product is added to the target.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void MultiplyTransposed(
        ComputeContext context,
        Matrix<float> left,
        Matrix<float> right,
        ReadOnlySpan<float> bias,
        Matrix<float> target,
        ProductScratch scratch,
        bool accumulate = false)
    {
        for (int i = 0; i < target.Rows; i++)
        {
            for (int j = 0; j < target.Columns; j++)
            {
                float sum = (accumulate ? target[i][j] : 0) + (bias.IsEmpty ? 0 : bias[j]);
                for (int k = 0; k < left.Columns; k++)
                {
                    sum += left[i][k] * right[j][k];
                }

                target[i][j] = sum;
            }
        }
    }

    /// <summary>target (+)= leftᵀ right: the gradient of weights.</summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="left">depth x rows.</param>
    /// <param name="right">depth x columns.</param>
    /// <param name="target">rows x columns; must not overlap the others.</param>
    /// <param name="scratch">Memory; one product at a time.</param>
    /// <param name="accumulate">Whether the product is added to the target.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void TransposedMultiply(
        ComputeContext context, Matrix<float> left, Matrix<float> right, Matrix<float> target, ProductScratch scratch, bool accumulate = false)
    {
        for (int i = 0; i < target.Rows; i++)
        {
            for (int j = 0; j < target.Columns; j++)
            {
                float sum = accumulate ? target[i][j] : 0;
                for (int k = 0; k < left.Rows; k++)
                {
                    sum += left[k][i] * right[k][j];
                }

                target[i][j] = sum;
            }
        }
    }
}
