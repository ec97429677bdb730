namespace Picket.Compute;

/// <summary>Scratch memory for a matrix whose size changes: it grows when needed and is reused otherwise.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class MatrixBuffer<T> : IDisposable
    where T : unmanaged
{
    private AlignedBuffer<T> _memory = new(0);

    /// <summary>A matrix of undefined content; views given before are no longer valid.</summary>
    /// <remarks>
    /// Rows start on a cache line, and at a distance that is no multiple of 4,096 bytes: rows that far apart fall into the same set of the
    /// first-level cache and evict one another.
    /// </remarks>
    public unsafe Matrix<T> Shape(int rows, int columns)
    {
        int line = AlignedBuffer<T>.Alignment / sizeof(T);
        int stride = (columns + line - 1) / line * line;
        stride += stride * sizeof(T) % 4096 == 0 ? line : 0;
        if ((long)rows * stride > _memory.Length)
        {
            _memory.Dispose();
            _memory = new AlignedBuffer<T>((long)rows * stride);
        }

        return new Matrix<T>(_memory, rows, columns, stride);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
