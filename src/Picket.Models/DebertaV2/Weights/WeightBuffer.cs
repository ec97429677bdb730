using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>Memory for one matrix as a file holds it, without gaps between rows; it grows when needed and is reused otherwise.</summary>
internal sealed class WeightBuffer : IDisposable
{
    private AlignedBuffer<float> _memory = new(0);

    /// <summary>A matrix of undefined content; those given before are no longer valid.</summary>
    public Matrix<float> Shape(int rows, int columns)
    {
        if (_memory.Length < (long)rows * columns)
        {
            _memory.Dispose();
            _memory = new AlignedBuffer<float>((long)rows * columns);
        }

        return new Matrix<float>(_memory, rows, columns, columns);
    }

    /// <summary>Some of the elements.</summary>
    public Span<float> Elements(long start, int count) => _memory.Span.Slice(checked((int)start), count);

    public void Dispose() => _memory.Dispose();
}
