using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute;

/// <summary>A pointer into a buffer: the bare address in Release, checked against the buffer's ends at every access in Debug.</summary>
/// <remarks>Offsets count elements. Kernels read and write through nothing else, so that a Debug run of their tests finds every stray access.</remarks>
internal readonly unsafe struct Pointer<T>
    where T : unmanaged
{
    private readonly T* _origin;
#if DEBUG
    private readonly T* _first;
    private readonly T* _end;
#endif

    public Pointer(T* origin, long length)
    {
        _origin = origin;
#if DEBUG
        _first = origin;
        _end = origin + length;
#else
        _ = length;
#endif
    }

#if DEBUG
    private Pointer(T* origin, T* first, T* end)
    {
        _origin = origin;
        _first = first;
        _end = end;
    }
#endif

    public T this[nint offset]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Check(offset, 1);
            return _origin[offset];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            Check(offset, 1);
            _origin[offset] = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pointer<T> operator +(Pointer<T> pointer, nint offset) =>
#if DEBUG
        new(pointer._origin + offset, pointer._first, pointer._end);
#else
        new(pointer._origin + offset, 0);
#endif

    /// <summary>The same place seen as elements of another type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pointer<TOther> As<TOther>()
        where TOther : unmanaged =>
#if DEBUG
        new((TOther*)_origin, (TOther*)_first, (TOther*)_end);
#else
        new((TOther*)_origin, 0);
#endif

    /// <summary>The elements from here on.</summary>
    public Span<T> Span(int length)
    {
        Check(0, length);
        return new Span<T>(_origin, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<T> Load128(nint offset)
    {
        Check(offset, Vector128<T>.Count);
        return Vector128.Load(_origin + offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Load256(nint offset)
    {
        Check(offset, Vector256<T>.Count);
        return Vector256.Load(_origin + offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Load512(nint offset)
    {
        Check(offset, Vector512<T>.Count);
        return Vector512.Load(_origin + offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Vector128<T> value, nint offset)
    {
        Check(offset, Vector128<T>.Count);
        value.Store(_origin + offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Vector256<T> value, nint offset)
    {
        Check(offset, Vector256<T>.Count);
        value.Store(_origin + offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Vector512<T> value, nint offset)
    {
        Check(offset, Vector512<T>.Count);
        value.Store(_origin + offset);
    }

    /// <summary>Asks for the cache line at <paramref name="offset"/> in the second-level cache; may lie outside the buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(nint offset)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(_origin + offset);
        }
    }

    [Conditional("DEBUG")]
    [SuppressMessage("Performance", "CA1822", Justification = "Release leaves the body empty")]
    private void Check(nint offset, nint count)
    {
#if DEBUG
        if (_origin + offset < _first || _origin + offset + count > _end)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset),
                $"expected {count} elements within {_end - _first}, found an access at {_origin + offset - _first}");
        }
#endif
    }
}
