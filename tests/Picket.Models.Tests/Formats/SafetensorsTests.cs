using System.Buffers.Binary;
using System.Text;
using Picket.Models.Formats;

namespace Picket.Models.Tests.Formats;

public sealed class SafetensorsTests
{
    [Fact]
    public void Parse_WrittenFile_GivesTheSameTensors()
    {
        IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Parse(TwoTensors(), "m");

        Assert.Equal(["weight", "bytes"], tensors.Keys);
        Assert.Equal((TensorType.F32, TensorType.I8), (tensors["weight"].Type, tensors["bytes"].Type));
        Assert.Equal([2, 3], tensors["weight"].Shape);
        Assert.Equal([3], tensors["bytes"].Shape);
        Assert.Equal(Weight.Data.ToArray(), tensors["weight"].Data.ToArray());
        Assert.Equal(Bytes.Data.ToArray(), tensors["bytes"].Data.ToArray());
    }

    [Fact]
    public void Write_OddHeader_StartsTheDataOnEightBytes()
    {
        byte[] file = TwoTensors();

        Assert.Equal(0ul, BinaryPrimitives.ReadUInt64LittleEndian(file) % 8);
    }

    [Fact]
    public void Parse_NoTensors_GivesNone()
    {
        Assert.Empty(Safetensors.Parse(File("{\"__metadata__\":{\"format\":\"pt\"}}", 0), "m"));
    }

    [Fact]
    public void Parse_ScalarAndEmptyTensor_AreRead()
    {
        byte[] file = File(Header("s", "F32", "[]", "[0,4]")[..^1] + "," + Header("e", "F32", "[0,7]", "[4,4]")[1..], 4);

        IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Parse(file, "m");

        Assert.Empty(tensors["s"].Shape);
        Assert.Equal(0, tensors["e"].Data.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Parse_ShorterThanTheHeaderLength_SaysSo(int length)
    {
        AssertFault(new byte[length], $"at least 8 bytes, found {length}");
    }

    [Theory]
    [InlineData(3ul)]
    [InlineData(100_000_001ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 63)]
    public void Parse_HeaderLongerThanTheFile_SaysSo(ulong headerLength)
    {
        byte[] file = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(file, headerLength);

        AssertFault(file, $"header of at most 2 bytes, found one of {headerLength}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"\\ud800\":{}}")]
    public void Parse_BrokenJson_SaysSo(string header)
    {
        AssertFault(File(header, 0), "header is damaged");
    }

    [Theory]
    [InlineData("I32", "[1]", "[0,4]", "expected a type of F32, F16, BF16, I8, found I32")]
    [InlineData("F64", "[1]", "[0,4]", "expected a range of 8 bytes for F64 [1]")]
    [InlineData("0", "[4]", "[0,4]", "found 0")]
    [InlineData("99", "[4]", "[0,4]", "found 99")]
    [InlineData("i8", "[4]", "[0,4]", "found i8")]
    [InlineData("I8\\n", "[4]", "[0,4]", "found I8\\n")]
    [InlineData("F32", "[2]", "[0,8]", "expected a range of 8 bytes for F32 [2] in 4 bytes of data, found [0, 8]")]
    [InlineData("F32", "[1]", "[4,8]", "found [4, 8]")]
    [InlineData("I8", "[4]", "[-4,0]", "found [-4, 0]")]
    [InlineData("I8", "[4]", "[4,0]", "found [4, 0]")]
    [InlineData("I8", "[4]", "[0]", "found [0]")]
    [InlineData("I8", "[4]", "[0,4,4]", "found [0, 4, 4]")]
    [InlineData("F32", "[2]", "[0,4]", "expected a range of 8 bytes")]
    [InlineData("I8", "[-2,-2]", "[0,4]", "I8 [-2, -2]")]
    [InlineData("I8", "[-4]", "[0,4]", "I8 [-4]")]
    [InlineData("F32", "[1073741824,1073741824,1073741824,1073741824,1073741824]", "[0,0]", "more than 2^63 bytes")]
    [InlineData("I8", "[2147483648]", "[0,4]", "expected dtype")]
    [InlineData("I8", "[1.5]", "[0,4]", "expected dtype")]
    [InlineData("I8", "4", "[0,4]", "expected dtype")]
    [InlineData("I8", "[4]", "\"0,4\"", "expected dtype")]
    [InlineData("I8", "[4]", "[0,99999999999999999999]", "expected dtype")]
    public void Parse_BadTensor_NamesFileAndTensor(string type, string shape, string offsets, string expected)
    {
        AssertFault(File(Header("t", type, shape, offsets), 4), "tensor t:", expected);
    }

    [Theory]
    [InlineData("{\"t\":7}")]
    [InlineData("{\"t\":{}}")]
    [InlineData("{\"t\":{\"dtype\":8,\"shape\":[],\"data_offsets\":[0,4]}}")]
    public void Parse_TensorOfAnotherForm_NamesFileAndTensor(string header)
    {
        AssertFault(File(header, 4), "tensor t:", "expected dtype");
    }

    [Theory]
    [InlineData("[0,4]", "[2,6]", "tensor b: expected to start at byte 4", "found 2")]
    [InlineData("[0,4]", "[5,9]", "tensor b: expected to start at byte 4", "found 5")]
    [InlineData("[1,5]", "[5,9]", "tensor a: expected to start at byte 0", "found 1")]
    [InlineData("[0,4]", "[4,8]", "expected 8 bytes of data", "found 9")]
    public void Parse_OverlapOrGap_IsRefused(string first, string second, params string[] expected)
    {
        string header = Header("a", "I8", "[4]", first)[..^1] + "," + Header("b", "I8", "[4]", second)[1..];

        AssertFault(File(header, 9), expected);
    }

    [Fact]
    public void Parse_SameNameTwice_IsRefused()
    {
        string header = Header("a", "I8", "[4]", "[0,4]")[..^1] + "," + Header("a", "I8", "[4]", "[4,8]")[1..];

        AssertFault(File(header, 8), "tensor a:", "found two");
    }

    [Fact]
    public void Parse_NameWithLineBreaks_StaysOneLine()
    {
        AssertFault(File(Header(new string('x', 99) + "\\ud83d\\ude00\\r\\n", "F64", "[]", "[0,4]"), 4), "tensor xxx");
    }

    internal static byte[] TwoTensors()
    {
        using var output = new MemoryStream();
        Safetensors.Write(output, new Dictionary<string, Tensor> { ["weight"] = Weight, ["bytes"] = Bytes });
        return output.ToArray();
    }

    private static Tensor Weight => Tensor.From([1.5f, -2, 0, float.MaxValue, float.Epsilon, -0f], 2, 3);

    private static Tensor Bytes => Tensor.From((ReadOnlySpan<sbyte>)[-128, 0, 127], 3);

    private static string Header(string name, string type, string shape, string offsets) =>
        $"{{\"{name}\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":{offsets}}}}}";

    private static byte[] File(string header, int dataLength)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + utf8.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)utf8.Length);
        utf8.CopyTo(file, 8);
        return file;
    }

    private static void AssertFault(byte[] file, params string[] expected)
    {
        var fault = Assert.Throws<PicketException>(() => Safetensors.Parse(file, "some.safetensors"));
        Assert.StartsWith("some.safetensors: ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(fault.Message, fault.Message.ReplaceLineEndings(" "));
        Assert.All(expected, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }
}
