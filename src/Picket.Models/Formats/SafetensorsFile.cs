using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Picket.Models.Formats;

/// <summary>An open safetensors file of any length, of which only the header is in memory.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly Lazy<MemoryMappedFile> _map;
    private readonly long _dataStart;

    private SafetensorsFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        _map = new Lazy<MemoryMappedFile>(() => MemoryMappedFile.CreateFromFile(
            _handle, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true));
        long length = RandomAccess.GetLength(handle);
        byte[] start = new byte[SafetensorsHeader.LengthBytes];
        ReadAt(start.AsSpan(0, (int)Math.Min(length, start.Length)), 0);
        byte[] header = new byte[SafetensorsHeader.Length(start, length, path)];
        ReadAt(header, start.Length);
        _dataStart = start.Length + header.Length;
        Entries = SafetensorsHeader.Parse(header, length - _dataStart, path);
    }

    public string Path { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="PicketException">The file cannot be opened, or its header is damaged.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return new SafetensorsFile(path, handle);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            handle?.Dispose();
            throw new PicketException($"{path}: cannot be read: {fault.Message}", fault);
        }
        catch
        {
            handle?.Dispose();
            throw;
        }
    }

    /// <summary>Fills <paramref name="destination"/> with an entry's data from <paramref name="offset"/> on.</summary>
    /// <exception cref="PicketException">The file was cut short since it was opened, or cannot be read.</exception>
    public void Read(SafetensorsEntry entry, long offset, Span<byte> destination)
    {
        try
        {
            ReadAt(destination, _dataStart + entry.Start + offset);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{Path}: cannot be read: {fault.Message}", fault);
        }
    }

    public MappedTensor Map(SafetensorsEntry entry, TensorInfo info)
    {
        try
        {
            // A view of no bytes would be one of the whole rest.
            return new MappedTensor(info, info.Bytes == 0
                ? null
                : _map.Value.CreateViewAccessor(_dataStart + entry.Start, info.Bytes, MemoryMappedFileAccess.Read));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{Path}: cannot be mapped: {fault.Message}", fault);
        }
    }

    public void Dispose()
    {
        if (_map.IsValueCreated)
        {
            _map.Value.Dispose();
        }

        _handle.Dispose();
    }

    private void ReadAt(Span<byte> destination, long position)
    {
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(_handle, destination, position);
            if (read == 0)
            {
                throw new PicketException(
                    $"{Path}: expected {destination.Length} more bytes at {position}, found none; it was cut short since it was opened");
            }

            destination = destination[read..];
            position += read;
        }
    }
}
