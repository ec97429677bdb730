namespace Picket.Compute;

/// <summary>Memory for <see cref="ParallelGemm"/>: grows to the largest product met and is then reused. One product at a time.</summary>
public sealed class ProductScratch : IDisposable
{
    private AlignedBuffer<float> _left = new(0);
    private AlignedBuffer<float> _right = new(0);
    private AlignedBuffer<float> _bias = new(0);

    /// <inheritdoc/>
    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _bias.Dispose();
    }

    /// <summary>A place for the left side, turned over.</summary>
    internal Panels Left(int depth, int rows) => new(Grow(ref _left, Panels.Length(depth, rows)), depth, rows);

    /// <summary>A place for the right side.</summary>
    internal Panels Right(int depth, int columns) => new(Grow(ref _right, Panels.Length(depth, columns)), depth, columns);

    /// <summary>The bias, or zeros where it is empty, with zeros up to a whole panel.</summary>
    internal unsafe Pointer<float> Bias(ReadOnlySpan<float> bias, int columns)
    {
        int length = Panels.Count(columns) * Panels.Width;
        AlignedBuffer<float> padded = Grow(ref _bias, length);
        bias.CopyTo(padded.Span);
        padded.Span[bias.Length..length].Clear();
        return new Pointer<float>(padded.Address, length);
    }

    private static AlignedBuffer<float> Grow(ref AlignedBuffer<float> memory, long length)
    {
        if (memory.Length < length)
        {
            memory.Dispose();
            memory = new AlignedBuffer<float>(length);
        }

        return memory;
    }
}
