namespace Picket.Compute;

/// <summary>Memory that linear maps of one pass share.</summary>
public sealed class LinearScratch : IDisposable
{
    /// <summary>A panel of weights as floats, for each thread.</summary>
    internal MatrixBuffer<float> Panels { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Panels.Dispose();
}
