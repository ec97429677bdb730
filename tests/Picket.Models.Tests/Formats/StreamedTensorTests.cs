using System.Text;
using Picket.Models.Formats;

namespace Picket.Models.Tests.Formats;

public sealed class StreamedTensorTests
{
    [Fact]
    public void WriteStreamed_BlocksInOneReusedBuffer_GivesTheFileThatWholeTensorsGive()
    {
        byte[] data = [.. Enumerable.Range(0, 24).Select(static i => (byte)i)];
        using var whole = new MemoryStream();
        using var streamed = new MemoryStream();

        Safetensors.Write(
            whole, new Dictionary<string, Tensor> { ["h"] = new(TensorType.F16, [3, 4], data), ["b"] = new(TensorType.BF16, [12], data) });
        Safetensors.WriteStreamed(streamed, [new("h", TensorType.F16, [3, 4], Pieces(data, 5)), new("b", TensorType.BF16, [12], Pieces(data, 24))]);

        Assert.Equal(whole.ToArray(), streamed.ToArray());
        Assert.Equal(data, Safetensors.Parse(streamed.ToArray(), "s")["b"].Data.ToArray());
    }

    [Fact]
    public void WriteStreamed_Metadata_StandsInTheHeader()
    {
        using var output = new MemoryStream();

        Safetensors.WriteStreamed(output, [], new Dictionary<string, string> { ["format"] = "pt" });

        Assert.Contains("{\"__metadata__\":{\"format\":\"pt\"}}", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        Assert.Empty(Safetensors.Parse(output.ToArray(), "s"));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void WriteStreamed_BlocksOfAnotherLengthThanTheShape_AreRefused(int length)
    {
        var tensor = new StreamedTensor("t", TensorType.F32, [3], Pieces(new byte[length], 4));

        var fault = Assert.Throws<ArgumentException>(() => Safetensors.WriteStreamed(Stream.Null, [tensor]));

        Assert.Contains($"Tensor t: expected blocks of 12 bytes, found {length}", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t")]
    [InlineData("__metadata__")]
    public void WriteStreamed_NameThatIsTaken_IsRefused(string name)
    {
        StreamedTensor[] tensors = [new("t", TensorType.I8, [0], []), new(name, TensorType.I8, [0], [])];

        Assert.Throws<ArgumentException>(() => Safetensors.WriteStreamed(Stream.Null, tensors));
    }

    [Fact]
    public void WriteStreamed_MoreThanTwoGigabytes_HoldsOneBlock()
    {
        byte[] block = new byte[1 << 24];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Safetensors.WriteStreamed(Stream.Null, [new("t", TensorType.F32, [3, 1 << 28], Enumerable.Repeat<ReadOnlyMemory<byte>>(block, 192))]);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] data, int size)
    {
        byte[] buffer = new byte[size];
        for (int i = 0; i < data.Length; i += size)
        {
            int length = Math.Min(size, data.Length - i);
            data.AsSpan(i, length).CopyTo(buffer);
            yield return buffer.AsMemory(0, length);
        }
    }
}
