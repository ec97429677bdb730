using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Picket.Models.Formats;

/// <summary>
/// A tensor's data as pages of its file: nothing is read before it is used, and the pages in memory are the system's file cache, shared by
/// every process that maps them and given back when memory is short.
/// </summary>
/// <remarks>
/// Safe for several threads until it is disposed, which unmaps the pages: a span of it that is used after that ends the process. Keep this
/// object, not only spans of it; it outlives the <see cref="TensorSource"/> it came from. A file that is cut short while it is mapped ends
/// the process, too, and one that is overwritten changes the tensor: replace a file by renaming another over it.
/// </remarks>
public sealed unsafe class MappedTensor : IDisposable
{
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _data;

    internal MappedTensor(TensorInfo info, MemoryMappedViewAccessor? view)
    {
        Info = info;
        _view = view;
        if (view is not null)
        {
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref _data);

            // The view begins where its page does.
            _data += view.PointerOffset;
        }
    }

    /// <summary>Type, shape and length.</summary>
    public TensorInfo Info { get; }

    /// <summary>The data as elements of <typeparamref name="T"/>, which need not lie on a multiple of its size.</summary>
    /// <exception cref="ObjectDisposedException">It is unmapped.</exception>
    /// <exception cref="OverflowException">There are 2^31 elements or more: ask for <see cref="Rows{T}"/>.</exception>
    public ReadOnlySpan<T> As<T>()
        where T : unmanaged => Elements<T>(0, checked((int)(Info.Bytes / sizeof(T))));

    /// <summary>Some rows of the outermost dimension as elements of <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no such rows.</exception>
    /// <exception cref="ObjectDisposedException">It is unmapped.</exception>
    public ReadOnlySpan<T> Rows<T>(int first, int count)
        where T : unmanaged
    {
        int rows = Info.Shape.Count == 0 ? 1 : Info.Shape[0];
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, rows - first);
        long rowBytes = rows == 0 ? 0 : Info.Bytes / rows;
        return Elements<T>(first * rowBytes, checked((int)(count * rowBytes / sizeof(T))));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_data != null)
        {
            _data = null;
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        _view?.Dispose();
    }

    private ReadOnlySpan<T> Elements<T>(long start, int count)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_data == null && Info.Bytes > 0, this);
        return MemoryMarshal.CreateReadOnlySpan(ref *(T*)(_data + start), count);
    }
}
