namespace Picket.Compute;

/// <summary>Products of float matrices on the calling thread.</summary>
public static class Gemm
{
    /// <summary>target[i, j] = sum over k of left[i, k] right[k, from + j], for as many columns as <paramref name="target"/> has.</summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">depth x columns, packed.</param>
    /// <param name="from">First column of <paramref name="right"/>, a multiple of <see cref="Panels.Width"/>.</param>
    /// <param name="target">rows x any number of columns that <paramref name="right"/> has from there on; overwritten.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Multiply(SimdLevel simd, Matrix<float> left, Panels right, int from, Matrix<float> target)
    {
        for (int row = 0; row < target.Rows; row++)
        {
            for (int column = 0; column < target.Columns; column++)
            {
                float sum = 0;
                for (int k = 0; k < right.Depth; k++)
                {
                    sum += left[row][k] * right.At(k, from + column);
                }

                target[row][column] = sum;
            }
        }
    }
}
