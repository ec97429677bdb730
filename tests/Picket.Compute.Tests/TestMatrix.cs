namespace Picket.Compute.Tests;

/// <summary>A random matrix in native memory, not on a cache line's boundary and with five marked floats between its rows.</summary>
internal sealed class TestMatrix : IDisposable
{
    private const int Gap = 5;
    private const float Mark = 12345;
    private readonly AlignedBuffer<float> _memory;

    public TestMatrix(int rows, int columns, int seed)
    {
        _memory = new AlignedBuffer<float>(((long)rows * (columns + Gap)) + Gap);
        _memory.Span.Fill(Mark);
        View = new Matrix<float>(_memory, rows, columns, columns + Gap, Gap);
        float[] values = Values.Random(rows * columns, seed);
        for (int row = 0; row < rows; row++)
        {
            values.AsSpan(row * columns, columns).CopyTo(View[row]);
        }
    }

    public Matrix<float> View { get; }

    /// <summary>The elements, row by row.</summary>
    public float[] Dense
    {
        get
        {
            float[] values = new float[View.Rows * View.Columns];
            for (int row = 0; row < View.Rows; row++)
            {
                View[row].CopyTo(values.AsSpan(row * View.Columns));
            }

            return values;
        }
    }

    public void AssertGapsUntouched()
    {
        Span<float> all = _memory.Span;
        for (int i = 0; i < all.Length; i++)
        {
            bool gap = i % (View.Columns + Gap) < Gap;
            Assert.True(!gap || all[i] == Mark, $"element {i} outside the matrix was written to");
        }
    }

    public void Dispose() => _memory.Dispose();
}
