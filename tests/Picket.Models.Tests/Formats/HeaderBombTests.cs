using System.Buffers.Binary;
using System.Text;
using Picket.Models.Formats;
using Picket.Testing;

namespace Picket.Models.Tests.Formats;

/// <summary>Headers made to cost the reader more than they cost the writer.</summary>
public sealed class HeaderBombTests : IDisposable
{
    private const int Megabyte = 1 << 20;
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("[", "the safetensors header is damaged")]
    [InlineData("{\"a\":", "header is damaged")]
    [InlineData("{\"a\":[", "expected dtype")]
    [InlineData("{\"__metadata__\":[[[[[[[[[[[[[[[[[[[[[[[[[", "header is damaged")]
    [InlineData("{\"t\":{\"shape\":[[[[[[[[[[[[[[[[[[[[[[[[[", "tensor t: expected dtype")]
    [InlineData("{\"t\":{\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[", "header is damaged")]
    public void Open_DeepNesting_IsRefusedAtOnce(string repeated, string expected)
    {
        AssertRefused(string.Concat(Enumerable.Repeat(repeated, 20 * Megabyte / repeated.Length)), 22 * Megabyte, expected);
    }

    [Fact]
    public void Open_TooManyTensors_IsRefused()
    {
        string header = SafetensorsBytes.Header(
            Enumerable.Range(0, SafetensorsHeader.MaxTensors + 1).Select(static i => SafetensorsBytes.Entry($"{i}", "I8", "[0]", "[0,0]")));

        AssertRefused(header, 80 * Megabyte, "expected at most 100000 tensors, found more");
    }

    [Fact]
    public void Open_AsManyTensorsAsAllowed_Works()
    {
        string header = SafetensorsBytes.Header(
            Enumerable.Range(0, SafetensorsHeader.MaxTensors).Select(static i => SafetensorsBytes.Entry($"{i}", "I8", "[0]", "[0,0]")));

        using TensorSource source = TensorSource.Open(Write(Encoding.UTF8.GetBytes(header)));

        Assert.Equal(SafetensorsHeader.MaxTensors, source.Names.Count());
    }

    [Fact]
    public void Open_EndlessShape_IsRefused()
    {
        string shape = $"[{string.Join(",", Enumerable.Repeat(1, 5 * Megabyte))}]";

        AssertRefused(SafetensorsBytes.Header(SafetensorsBytes.Entry("t", "I8", shape, "[0,1]")), 12 * Megabyte, "shape (at most 16 whole numbers");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("type")]
    public void Open_EndlessText_IsRefused(string what)
    {
        string text = new('x', 10 * Megabyte);
        string header = SafetensorsBytes.Header(SafetensorsBytes.Entry(what == "name" ? text : "t", what == "type" ? text : "I8", "[0]", "[0,0]"));

        AssertRefused(header, 12 * Megabyte, what == "name" ? "names of at most 4096 bytes" : "expected dtype");
    }

    [Fact]
    public void Open_EndlessNumber_IsRefused()
    {
        string header = SafetensorsBytes.Header(SafetensorsBytes.Entry("t", "I8", $"[{new string('9', 10 * Megabyte)}]", "[0,0]"));

        AssertRefused(header, 12 * Megabyte, "expected dtype");
    }

    [Fact]
    public void Open_HeaderBeyondTheLimit_IsRefusedUnread()
    {
        // A sparse file of 200 MB whose header is said to fill it.
        string path = _folder["bomb.safetensors"];
        using (FileStream file = File.Create(path))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, 199_000_000);
            file.Write(length);
            file.SetLength(200_000_000);
        }

        AssertCheap(path, Megabyte, "expected a safetensors header of at most 100000000 bytes, found one of 199000000");
    }

    [Fact]
    public void Open_HeaderOutsideUtf8_IsRefused()
    {
        byte[] header = [.. "{\""u8, 0xC3, 0x28, .. "\":{\"dtype\":\"I8\",\"shape\":[0],\"data_offsets\":[0,0]}}"u8];

        AssertCheap(Write(header), Megabyte, "expected UTF-8");
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertCheap(string path, long most, string expected)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<PicketException>(() => TensorSource.Open(path));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 1, 1000);
        Assert.InRange(allocated, 0, most);
    }

    private void AssertRefused(string header, long most, string expected) => AssertCheap(Write(Encoding.UTF8.GetBytes(header)), most, expected);

    private string Write(byte[] header)
    {
        string path = _folder["bomb.safetensors"];
        File.WriteAllBytes(path, SafetensorsBytes.File(header, []));
        return path;
    }
}
