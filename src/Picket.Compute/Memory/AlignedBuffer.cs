using System.Diagnostics.CodeAnalysis;
#if DEBUG
using System.Runtime.InteropServices;
#endif

namespace Picket.Compute;

/// <summary>Native memory on a cache line's boundary, outside the garbage collector's heap.</summary>
/// <remarks>
/// Debug builds fill it with bytes of 255 (a float NaN, so that a value read before it is written shows) and fence it; <see cref="Dispose"/>
/// throws when a fence was written to.
/// </remarks>
[SuppressMessage("Design", "MA0055", Justification = "it owns native memory")]
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Bytes of a cache line, and of the widest vector.</summary>
    public const int Alignment = 64;

#if DEBUG
    private const int Fence = 4 * Alignment;
#else
    private const int Fence = 0;
#endif

    private T* _data;

    /// <summary>Memory for <paramref name="length"/> elements, of undefined content.</summary>
    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        byte* block = HugePages.Allocate(Bytes, Alignment);
        _data = (T*)(block + Fence);
#if DEBUG
        NativeMemory.Fill(block, Bytes, 0xFF);
#endif
    }

    /// <summary>Frees what <see cref="Dispose"/> was not called for.</summary>
    ~AlignedBuffer() => Free();

    /// <summary>Elements.</summary>
    public long Length { get; }

    /// <summary>The elements, at most 2^31 - 1 of them.</summary>
    /// <exception cref="ObjectDisposedException">It was freed.</exception>
    public Span<T> Span => new(Address, checked((int)Length));

    /// <summary>The first element's address.</summary>
    /// <exception cref="ObjectDisposedException">It was freed.</exception>
    public T* Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_data == null, this);
            return _data;
        }
    }

    private nuint Bytes => checked(((nuint)Length * (nuint)sizeof(T)) + (2 * Fence));

    /// <inheritdoc/>
    public void Dispose()
    {
#if DEBUG
        CheckFences();
#endif
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_data != null)
        {
            HugePages.Free((byte*)_data - Fence, Bytes);
            _data = null;
        }
    }

#if DEBUG
    private void CheckFences()
    {
        if (_data == null)
        {
            return;
        }

        byte* start = (byte*)_data;
        var before = new ReadOnlySpan<byte>(start - Fence, Fence);
        var after = new ReadOnlySpan<byte>(start + (Length * sizeof(T)), Fence);
        if (before.ContainsAnyExcept((byte)0xFF) || after.ContainsAnyExcept((byte)0xFF))
        {
            throw new InvalidOperationException($"a kernel wrote outside a buffer of {Length} {typeof(T).Name}");
        }
    }
#endif
}
