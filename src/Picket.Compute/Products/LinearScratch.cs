namespace Picket.Compute;

/// <summary>Memory that linear maps of one pass share.</summary>
public sealed class LinearScratch : IDisposable
{
    /// <summary>The input of an <see cref="Int8Linear"/>.</summary>
    internal QuantisedRows Rows { get; } = new();

    /// <summary>A panel of weights as floats, for each thread.</summary>
    internal MatrixBuffer<float> Panels { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows.Dispose();
        Panels.Dispose();
    }
}
