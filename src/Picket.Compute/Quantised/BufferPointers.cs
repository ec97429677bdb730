namespace Picket.Compute.Quantised;

internal static class BufferPointers
{
    /// <summary>The first element, for kernels.</summary>
    public static unsafe Pointer<T> Pointer<T>(this AlignedBuffer<T> buffer)
        where T : unmanaged => new(buffer.Address, buffer.Length);

    /// <summary>The buffer if it is long enough, otherwise one in its place, with nothing of its content.</summary>
    public static AlignedBuffer<T> AtLeast<T>(this AlignedBuffer<T> buffer, long length)
        where T : unmanaged
    {
        if (buffer.Length >= length)
        {
            return buffer;
        }

        buffer.Dispose();
        return new AlignedBuffer<T>(length);
    }
}
