namespace Picket.Compute;

/// <summary>Memory that linear maps of one pass share.</summary>
public sealed class LinearScratch : IDisposable
{
    /// <summary>The input of an <see cref="Int8Linear"/>.</summary>
    internal QuantisedRows Rows { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Rows.Dispose();
}
