namespace Picket.Compute;

/// <summary>Scratch memory for a packed matrix whose size changes: it grows when needed and is reused otherwise.</summary>
internal sealed class PanelBuffer : IDisposable
{
    private AlignedBuffer<float> _memory = new(0);

    /// <summary>A place for a packed matrix; those given before are no longer valid.</summary>
    public Panels Shape(int depth, int columns)
    {
        if (_memory.Length < Panels.Length(depth, columns))
        {
            _memory.Dispose();
            _memory = new AlignedBuffer<float>(Panels.Length(depth, columns));
        }

        return new Panels(_memory, depth, columns);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
