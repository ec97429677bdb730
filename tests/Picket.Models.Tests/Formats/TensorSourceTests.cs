using System.Runtime.InteropServices;
using Picket.Models.Formats;
using Picket.Testing;

namespace Picket.Models.Tests.Formats;

public sealed class TensorSourceTests : IDisposable
{
    private static readonly float[] s_values = [1.5f, -2, 0, float.PositiveInfinity, 6.103515625e-05f, -5.9604645e-08f];
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData(TensorType.F32)]
    [InlineData(TensorType.F16)]
    [InlineData(TensorType.BF16)]
    public void ReadFloats_EveryFloatType_GivesTheValues(TensorType type)
    {
        float[] expected = type == TensorType.BF16 ? [.. s_values.Select(Truncate)] : s_values;
        byte[] data = type switch
        {
            TensorType.F32 => MemoryMarshal.AsBytes<float>(expected).ToArray(),
            TensorType.F16 => MemoryMarshal.AsBytes<Half>(expected.Select(static value => (Half)value).ToArray()).ToArray(),
            _ => MemoryMarshal.AsBytes<ushort>(expected.Select(static value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)).ToArray())
                .ToArray(),
        };
        using TensorSource source = Open(new Dictionary<string, Tensor> { ["before"] = Tensor.From([1f], 1), ["t"] = new(type, [2, 3], data) });
        float[] read = new float[6];

        source.ReadFloats("t", [2, 3], read);

        Assert.Equal(expected, read);
        Assert.Equal(expected, source.ReadFloats("t", 2, 3));
        Assert.Equal((type, "2,3"), (source.Info("t").Type, string.Join(',', source.Info("t").Shape)));
    }

    [Theory]
    [InlineData(TensorType.F32)]
    [InlineData(TensorType.BF16)]
    public void ReadFloats_MoreThanABlock_GivesEveryValue(TensorType type)
    {
        const int Count = (1 << 19) + 3;
        int size = Tensor.ElementSize(type);
        byte[] data = new byte[Count * size];
        for (int i = 0; i < Count; i++)
        {
            // A number of 8 bits is exact in either type.
            BitConverter.GetBytes((float)(i % 251))[(4 - size)..].CopyTo(data, i * size);
        }

        using TensorSource source = Open(new Dictionary<string, Tensor> { ["t"] = new(type, [Count], data) });

        float[] expected = [.. Enumerable.Range(0, Count).Select(static i => (float)(i % 251))];
        Assert.True(source.ReadFloats("t", Count).AsSpan().SequenceEqual(expected));
    }

    [Fact]
    public void ReadInt8_Int8_GivesTheValues()
    {
        using TensorSource source = Open(new Dictionary<string, Tensor> { ["q"] = Tensor.From((ReadOnlySpan<sbyte>)[-128, 0, 127], 3) });
        sbyte[] read = new sbyte[3];

        source.ReadInt8("q", [3], read);

        Assert.Equal([-128, 0, 127], read);
    }

    [Fact]
    public void Contains_AndNames_CoverEveryType()
    {
        using TensorSource source = TensorSource.Open(WithPositionIds());

        Assert.Equal(["ids", "w"], source.Names.Order());
        Assert.Equal((true, true, false), (source.Contains("ids"), source.Contains("w"), source.Contains("W")));
    }

    [Fact]
    public void Info_TypeThatNobodyReads_IsAFaultOnlyWhenAskedFor()
    {
        using TensorSource source = TensorSource.Open(WithPositionIds());

        Assert.Equal([0], source.ReadFloats("w", 1));
        AssertFault(() => source.Info("ids"), "tensor ids: expected a type of F32, F16, BF16, I8, found I64");
        AssertFault(() => source.Map("ids"), "found I64");
    }

    [Theory]
    [InlineData("none", new[] { 2, 3 }, "expected a tensor none, found none among 2")]
    [InlineData("f", new[] { 3, 2 }, "tensor f: expected F32 [3, 2], found F32 [2, 3]")]
    [InlineData("f", new[] { 6 }, "tensor f: expected F32 [6], found F32 [2, 3]")]
    [InlineData("q", new[] { 3 }, "tensor q: expected F32, F16 or BF16 [3], found I8 [3]")]
    public void ReadFloats_OtherThanAskedFor_NamesFileAndTensor(string name, int[] shape, string expected)
    {
        using TensorSource source = Open(
            new Dictionary<string, Tensor> { ["f"] = Tensor.From(s_values, 2, 3), ["q"] = Tensor.From(new sbyte[3], 3) });

        AssertFault(() => source.ReadFloats(name, shape, new float[shape.Aggregate(1, static (a, b) => a * b)]), expected);
    }

    [Fact]
    public void ReadFloats_OtherLengthThanTheShape_IsTheCallersFault()
    {
        using TensorSource source = Open(new Dictionary<string, Tensor> { ["f"] = Tensor.From(s_values, 2, 3) });

        Assert.Throws<ArgumentException>(() => source.ReadFloats("f", [2, 3], new float[7]));
    }

    [Fact]
    public void ReadFloats_FileCutShortSinceItWasOpened_SaysSo()
    {
        using TensorSource source = Open(new Dictionary<string, Tensor> { ["f"] = Tensor.From(s_values, 2, 3) });
        byte[] content = File.ReadAllBytes(source.Path);
        using (FileStream file = new(source.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(content.Length - 4);
        }

        AssertFault(() => source.ReadFloats("f", 2, 3), "cut short");
    }

    [Fact]
    public void Open_LargerThanTwoGigabytes_ReadsBehindThem()
    {
        // A sparse file: it takes no room.
        const long Big = 2_600_000_000;
        byte[] head = SafetensorsBytes.File(SafetensorsBytes.Header(
            SafetensorsBytes.Entry("big", "I8", "[26,100000000]", $"[0,{Big}]"), SafetensorsBytes.Entry("end", "F32", "[2]", $"[{Big},{Big + 8}]")));
        using (FileStream file = File.Create(_folder["model.safetensors"]))
        {
            file.Write(head);
            file.Position = head.Length + Big - 1;
            file.WriteByte(7);
            file.Write(MemoryMarshal.AsBytes<float>([3f, 4f]));
        }

        using TensorSource source = TensorSource.Open(_folder["model.safetensors"]);
        using MappedTensor big = source.Map("big");

        Assert.Equal([3f, 4f], source.ReadFloats("end", 2));
        Assert.Equal(7, big.Rows<sbyte>(25, 1)[^1]);
        Assert.Throws<OverflowException>(() => big.As<sbyte>().Length);
    }

    public void Dispose() => _folder.Dispose();

    private static float Truncate(float value) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xFFFF_0000);

    private static void AssertFault(Action action, string expected)
    {
        var fault = Assert.Throws<PicketException>(action);
        Assert.Contains("model.safetensors", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private string WithPositionIds()
    {
        string path = _folder["model.safetensors"];
        string header = SafetensorsBytes.Header(
            SafetensorsBytes.Entry("ids", "I64", "[1,2]", "[0,16]"), SafetensorsBytes.Entry("w", "F32", "[1]", "[16,20]"));
        File.WriteAllBytes(path, SafetensorsBytes.File(header, 20));
        return path;
    }

    private TensorSource Open(Dictionary<string, Tensor> tensors)
    {
        using (FileStream file = File.Create(_folder["model.safetensors"]))
        {
            Safetensors.Write(file, tensors);
        }

        return TensorSource.Open(_folder["model.safetensors"]);
    }
}
