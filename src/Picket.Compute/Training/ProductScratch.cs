namespace Picket.Compute;

/// <summary>Memory for <see cref="ParallelGemm"/>: grows to the largest product met and is then reused. One product at a time.</summary>
public sealed class ProductScratch : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
