using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Picket.Models.Formats;

namespace Picket.Training.Optimisation;

/// <summary>An array of a checkpoint that lies somewhere in memory.</summary>
/// <param name="Name">Its tensor's name.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Values">Where it lies, row by row.</param>
internal sealed record StateArray(string Name, int Rows, int Columns, Func<Span<float>> Values);

/// <summary>A safetensors file of named bytes and float arrays whose last tensor is the SHA-256 of all the others.</summary>
internal static class StateFile
{
    private const string Checksum = "picket.checksum";
    private const int BlockElements = 1 << 18;
    private const string Remedy =
        $"; put a sound file in its place, or remove {TrainingState.FileName} and {TrainingState.BestName} to start again";

    /// <summary>Writes bytes and arrays, block by block, whole or not at all.</summary>
    /// <exception cref="PicketException">The file cannot be written.</exception>
    public static void Write(
        string path, IReadOnlyList<(string Name, byte[] Content)> bytes, IReadOnlyList<StateArray> arrays, Func<string, Stream>? create = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        StreamedTensor[] tensors =
        [
            .. bytes.Select(part => new StreamedTensor(part.Name, TensorType.I8, [part.Content.Length], Hashed(hash, [part.Content]))),
            .. arrays.Select(array => new StreamedTensor(array.Name, TensorType.F32, [array.Rows, array.Columns], Hashed(hash, Blocks(array)))),
            new StreamedTensor(Checksum, TensorType.I8, [SHA256.HashSizeInBytes], Result(hash)),
        ];
        SafeFile.Write(path, stream => Safetensors.WriteStreamed(stream, tensors), create);
    }

    /// <summary>Opens a file for <see cref="ReadBytes"/> and <see cref="ReadArrays"/>.</summary>
    /// <exception cref="PicketException">It cannot be read or is no such file.</exception>
    public static TensorSource Open(string path) => Guard(() => TensorSource.Open(path));

    /// <summary>Reads named bytes.</summary>
    /// <exception cref="PicketException">There are none of this name.</exception>
    public static byte[] ReadBytes(TensorSource source, string name) => Guard(() =>
    {
        int length = source.Info(name).Shape is [int only] ? only : 0;
        byte[] content = new byte[length];
        source.ReadInt8(name, [length], MemoryMarshal.Cast<byte, sbyte>(content.AsSpan()));
        return content;
    });

    /// <summary>Reads the arrays to where they lie in memory, and checks the sum of everything.</summary>
    /// <exception cref="PicketException">
    /// An array is absent or of another shape, or the sum is wrong; the arrays may have been overwritten.
    /// </exception>
    public static void ReadArrays(TensorSource source, IReadOnlyList<byte[]> bytes, IReadOnlyList<StateArray> arrays) => Guard(() =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] part in bytes)
        {
            hash.AppendData(part);
        }

        foreach (StateArray array in arrays)
        {
            Span<float> values = array.Values();
            source.ReadFloats(array.Name, [array.Rows, array.Columns], values);
            for (int i = 0; i < values.Length; i += BlockElements)
            {
                hash.AppendData(MemoryMarshal.AsBytes(values.Slice(i, Math.Min(BlockElements, values.Length - i))));
            }
        }

        return ReadBytes(source, Checksum).AsSpan().SequenceEqual(hash.GetHashAndReset())
            ? true
            : throw new PicketException(
                $"{source.Path}: the checkpoint is damaged: expected content of the checksum that it ends with, found other content");
    });

    /// <summary>SHA-256 of arrays, as text.</summary>
    public static string Hash(IEnumerable<StateArray> arrays)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> block in arrays.SelectMany(Blocks))
        {
            hash.AppendData(block.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (PicketException fault) when (!fault.Message.EndsWith(Remedy, StringComparison.Ordinal))
        {
            throw new PicketException(fault.Message + Remedy, fault);
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Blocks(StateArray array)
    {
        int length = array.Values().Length;
        byte[] block = new byte[Math.Min(length, BlockElements) * sizeof(float)];
        for (int i = 0; i < length; i += BlockElements)
        {
            int count = Math.Min(BlockElements, length - i);
            MemoryMarshal.AsBytes(array.Values().Slice(i, count)).CopyTo(block);
            yield return block.AsMemory(0, count * sizeof(float));
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Hashed(IncrementalHash hash, IEnumerable<ReadOnlyMemory<byte>> blocks)
    {
        foreach (ReadOnlyMemory<byte> block in blocks)
        {
            hash.AppendData(block.Span);
            yield return block;
        }
    }

    /// <summary>Asked for after all others have been written.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Result(IncrementalHash hash)
    {
        yield return hash.GetHashAndReset();
    }
}
