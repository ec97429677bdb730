namespace Picket.Compute.Quantised;

internal static class BufferPointers
{
    /// <summary>The first element, for kernels.</summary>
    public static unsafe Pointer<T> Pointer<T>(this AlignedBuffer<T> buffer)
        where T : unmanaged => new(buffer.Address, buffer.Length);
}
