namespace Picket.Compute;

/// <summary>Memory that linear maps of one pass share.</summary>
public sealed class LinearScratch : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => GC.SuppressFinalize(this);
}
