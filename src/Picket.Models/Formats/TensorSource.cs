using System.Buffers;
using System.Runtime.InteropServices;

namespace Picket.Models.Formats;

/// <summary>The tensors of a checkpoint on disk, one safetensors file or several, of any length: only the headers are in memory.</summary>
/// <remarks>
/// <para>Safe for several threads. Whoever opened it disposes of it; mapped tensors outlive it. A file that changes while it is open is not
/// noticed, unless it becomes too short for a read.</para>
/// <para>Weights that are packed into a layout of their own are better read than mapped: 1.05 GB in tensors of 4 MB from the file cache, packed
/// into panels, took 105 ms read into one reused array and 150 ms mapped and unmapped one by one (the packing alone 55 ms; two threads
/// reading 65 to 105 ms; Zen 5, two cores shared with other work), and neither left anything resident. What stays as it is in the file, such
/// as an embedding table, is better mapped: only the rows that are used are read.</para>
/// </remarks>
public sealed class TensorSource : IDisposable
{
    /// <summary>The file of a checkpoint that is in one piece.</summary>
    public const string FileName = "model.safetensors";

    /// <summary>The file that says which tensor of a checkpoint in pieces is in which file.</summary>
    public const string IndexFileName = "model.safetensors.index.json";

    private const int BlockElements = 1 << 18;
    private readonly IReadOnlyList<SafetensorsFile> _files;
    private readonly IReadOnlyDictionary<string, SafetensorsFile> _byName;

    private TensorSource(string path, IReadOnlyList<SafetensorsFile> files, IReadOnlyDictionary<string, SafetensorsFile> byName)
    {
        Path = path;
        _files = files;
        _byName = byName;
    }

    /// <summary>The file, or the index of several.</summary>
    public string Path { get; }

    /// <summary>The names of the tensors, of every type.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>
    /// Opens a checkpoint: a folder with <see cref="FileName"/> or else <see cref="IndexFileName"/>, or a safetensors file, or an index.
    /// Reads and checks every header, no data. Tensors of types that Picket does not read are no fault unless one is asked for.
    /// </summary>
    /// <exception cref="PicketException">There is none, or a header or the index is damaged or names a file or tensor that is not there.</exception>
    public static TensorSource Open(string path)
    {
        if (Directory.Exists(path))
        {
            string index = System.IO.Path.Combine(path, IndexFileName);
            string whole = System.IO.Path.Combine(path, FileName);
            path = File.Exists(whole) || !File.Exists(index) ? whole : index;
        }

        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return OpenShards(path);
        }

        SafetensorsFile file = SafetensorsFile.Open(path);
        return new TensorSource(path, [file], file.Entries.ToDictionary(static pair => pair.Key, _ => file, StringComparer.Ordinal));
    }

    /// <summary>The tensors of one checkpoint, but those of some names from another, where it has them. Valid as long as both are open.</summary>
    internal static TensorSource Mix(TensorSource source, TensorSource other, IReadOnlySet<string> names)
    {
        var byName = new Dictionary<string, SafetensorsFile>(source._byName, StringComparer.Ordinal);
        foreach ((string name, SafetensorsFile file) in other._byName.Where(pair => names.Contains(pair.Key)))
        {
            byName[name] = file;
        }

        return new TensorSource(source.Path, [], byName);
    }

    /// <summary>Whether there is a tensor of this name, of whatever type.</summary>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>Type and shape of a tensor.</summary>
    /// <exception cref="PicketException">There is none of this name, or its type is none of <see cref="TensorType"/>.</exception>
    public TensorInfo Info(string name) => Find(name).Info;

    /// <summary>Reads an F32, F16 or BF16 tensor as floats; no memory beyond <paramref name="destination"/> stays in use.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <param name="destination">Receives the elements, row by row; exactly as many as the shape has.</param>
    /// <exception cref="PicketException">There is none of this name, or it has another shape or type, or cannot be read.</exception>
    /// <exception cref="ArgumentException">The destination has another length than the shape.</exception>
    public void ReadFloats(string name, ReadOnlySpan<int> shape, Span<float> destination)
    {
        (SafetensorsFile file, SafetensorsEntry entry, TensorInfo info) = Find(name);
        RequireShape(file, name, info, shape, info.Type == TensorType.I8 ? "F32, F16 or BF16" : info.Type.ToString(), info.Type != TensorType.I8);
        int size = Tensor.ElementSize(info.Type);
        RequireLength(destination.Length, info.Bytes / size, nameof(destination));
        if (info.Type == TensorType.F32)
        {
            // A span of more than 2^31 bytes does not exist: long tensors go in blocks.
            for (int i = 0; i < destination.Length; i += BlockElements)
            {
                file.Read(entry, (long)i * size, MemoryMarshal.AsBytes(destination.Slice(i, Math.Min(BlockElements, destination.Length - i))));
            }

            return;
        }

        ushort[] block = ArrayPool<ushort>.Shared.Rent(Math.Min(BlockElements, destination.Length));
        for (int i = 0; i < destination.Length; i += BlockElements)
        {
            Span<ushort> part = block.AsSpan(0, Math.Min(BlockElements, destination.Length - i));
            file.Read(entry, (long)i * size, MemoryMarshal.AsBytes(part));
            FloatConversion.Widen(info.Type, part, destination.Slice(i, part.Length));
        }

        ArrayPool<ushort>.Shared.Return(block);
    }

    /// <summary>Reads an F32, F16 or BF16 tensor as a new array of floats.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <exception cref="PicketException">There is none of this name, or it has another shape or type, or cannot be read.</exception>
    public float[] ReadFloats(string name, params ReadOnlySpan<int> shape)
    {
        (SafetensorsFile file, _, TensorInfo info) = Find(name);
        RequireShape(file, name, info, shape, info.Type.ToString(), typeFits: true);
        float[] values = new float[info.Bytes / Tensor.ElementSize(info.Type)];
        ReadFloats(name, shape, values);
        return values;
    }

    /// <summary>Reads an I8 tensor.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <param name="destination">Receives the elements, row by row; exactly as many as the shape has.</param>
    /// <exception cref="PicketException">There is none of this name, or it has another shape or type, or cannot be read.</exception>
    /// <exception cref="ArgumentException">The destination has another length than the shape.</exception>
    public void ReadInt8(string name, ReadOnlySpan<int> shape, Span<sbyte> destination)
    {
        (SafetensorsFile file, SafetensorsEntry entry, TensorInfo info) = Find(name);
        RequireShape(file, name, info, shape, "I8", info.Type == TensorType.I8);
        RequireLength(destination.Length, info.Bytes, nameof(destination));
        file.Read(entry, 0, MemoryMarshal.AsBytes(destination));
    }

    /// <summary>Maps a tensor's data, for those that stay in use as they are in the file. The caller disposes of the mapping.</summary>
    /// <exception cref="PicketException">
    /// There is none of this name, or its type is none of <see cref="TensorType"/>, or it cannot be mapped.
    /// </exception>
    public MappedTensor Map(string name)
    {
        (SafetensorsFile file, SafetensorsEntry entry, TensorInfo info) = Find(name);
        return file.Map(entry, info);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafetensorsFile file in _files)
        {
            file.Dispose();
        }
    }

    private static TensorSource OpenShards(string indexPath)
    {
        var files = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        var byName = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        var source = new TensorSource(indexPath, [], byName);
        try
        {
            foreach ((string tensor, string name) in ShardIndex.Read(indexPath))
            {
                if (!files.TryGetValue(name, out SafetensorsFile? file))
                {
                    files[name] = file = SafetensorsFile.Open(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(indexPath) ?? "", name));
                }

                byName[tensor] = file.Entries.ContainsKey(tensor)
                    ? file
                    : throw new PicketException(
                        $"{file.Path}: expected a tensor {SafetensorsHeader.Shown(tensor)}, as {indexPath} says, "
                        + $"found none among {file.Entries.Count}");
            }

            source = new TensorSource(indexPath, [.. files.Values], byName);
            return source;
        }
        catch
        {
            foreach (SafetensorsFile file in files.Values)
            {
                file.Dispose();
            }

            throw;
        }
    }

    private static void RequireShape(
        SafetensorsFile file, string name, TensorInfo info, ReadOnlySpan<int> shape, string types, bool typeFits)
    {
        if (!typeFits || !info.Shape.SequenceEqual(shape.ToArray()))
        {
            throw new PicketException($"{file.Path}: tensor {name}: expected {types} [{string.Join(", ", shape.ToArray())}], found {info}");
        }
    }

    private static void RequireLength(int found, long expected, string parameter)
    {
        if (found != expected)
        {
            throw new ArgumentException($"Expected room for {expected} elements, found {found}.", parameter);
        }
    }

    private (SafetensorsFile File, SafetensorsEntry Entry, TensorInfo Info) Find(string name)
    {
        if (!_byName.TryGetValue(name, out SafetensorsFile? file))
        {
            throw new PicketException($"{Path}: expected a tensor {name}, found none among {_byName.Count}");
        }

        SafetensorsEntry entry = file.Entries[name];
        return (file, entry, entry.Info ?? throw Safetensors.UnknownType(file.Path, name, entry));
    }
}
