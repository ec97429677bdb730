namespace Picket.Compute;

/// <summary>Memory for <see cref="ParallelGemm"/>: grows to the largest product met and is then reused. One product at a time.</summary>
public sealed class ProductScratch : IDisposable
{
    private AlignedBuffer<float> _bias = new(0);

    /// <summary>The left side, turned over.</summary>
    internal PanelBuffer Left { get; } = new();

    /// <summary>The right side.</summary>
    internal PanelBuffer Right { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Left.Dispose();
        Right.Dispose();
        _bias.Dispose();
    }

    /// <summary>The bias, or zeros where it is empty, with zeros up to a whole panel.</summary>
    internal unsafe Pointer<float> Bias(ReadOnlySpan<float> bias, int columns)
    {
        int length = Panels.Count(columns) * Panels.Width;
        if (_bias.Length < length)
        {
            _bias.Dispose();
            _bias = new AlignedBuffer<float>(length);
        }

        bias.CopyTo(_bias.Span);
        _bias.Span[bias.Length..length].Clear();
        return new Pointer<float>(_bias.Address, length);
    }
}
