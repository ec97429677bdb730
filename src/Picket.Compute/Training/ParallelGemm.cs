using Picket.Compute.Products;

namespace Picket.Compute;

/// <summary>Products of float matrices that change from one call to the next, on all of a context's threads: those of training.</summary>
/// <remarks>
/// The sums of an element are added in one order whatever the number of threads. With <c>accumulate</c> the product is added to what the
/// target holds; otherwise the target is overwritten. The right side is packed anew in every call.
/// </remarks>
public static class ParallelGemm
{
    // A panel of this depth takes half of a second-level cache of 1 MB.
    private const int DepthPart = 4096;

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
        Check(left.Rows, left.Columns, right.Rows, right.Columns, 0, target);
        Panels packed = scratch.Right.Shape(right.Rows, right.Columns);
        packed.Pack(right, context);
        new PanelProduct
        {
            Left = left,
            Right = packed,
            Bias = scratch.Bias([], right.Columns),
            Target = target,
            Accumulate = accumulate,
            DepthPart = DepthPart,
        }.Run(context);
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
        Check(left.Rows, left.Columns, right.Columns, right.Rows, bias.Length, target);
        Panels packed = scratch.Right.Shape(right.Columns, right.Rows);
        packed.PackTransposed(right, context);
        for (int row = 0; row < target.Rows && accumulate && !bias.IsEmpty; row++)
        {
            Kernels.AddScaled(target[row], bias, 1);
        }

        new PanelProduct
        {
            Left = left,
            Right = packed,
            Bias = scratch.Bias(bias, right.Rows),
            Target = target,
            Accumulate = accumulate,
            DepthPart = DepthPart,
        }.Run(context);
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
        Check(left.Columns, left.Rows, right.Rows, right.Columns, 0, target);
        Panels turned = scratch.Left.Shape(left.Rows, left.Columns);
        turned.Pack(left, context);
        Panels packed = scratch.Right.Shape(right.Rows, right.Columns);
        packed.Pack(right, context);
        new PanelProduct
        {
            LeftPanels = turned,
            Right = packed,
            Bias = scratch.Bias([], right.Columns),
            Target = target,
            Accumulate = accumulate,
            DepthPart = DepthPart,
        }.Run(context);
    }

    private static void Check(int rows, int leftDepth, int rightDepth, int columns, int bias, Matrix<float> target)
    {
        if (leftDepth != rightDepth || target.Rows != rows || target.Columns != columns || (bias != 0 && bias != columns))
        {
            throw new ArgumentException(
                $"expected sides of one depth, a target of {rows} x {columns} and a bias of {columns} or none, "
                + $"found depths of {leftDepth} and {rightDepth}, a target of {target.Rows} x {target.Columns} and a bias of {bias}",
                nameof(target));
        }
    }
}
