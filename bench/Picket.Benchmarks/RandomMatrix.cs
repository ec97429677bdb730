using Picket.Compute;

namespace Picket.Benchmarks;

/// <summary>Numbers from -0.5 to 0.5.</summary>
internal static class RandomMatrix
{
    public static Matrix<float> Fill(Matrix<float> matrix)
    {
        var random = new Random(1);
        for (int row = 0; row < matrix.Rows; row++)
        {
            foreach (ref float value in matrix[row])
            {
                value = random.NextSingle() - 0.5f;
            }
        }

        return matrix;
    }
}
