namespace Picket.Compute.Tests.Memory;

public sealed class AlignedBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData((2 << 20) - 1)]
    [InlineData(2 << 20)]
    [InlineData((5 << 20) + 3)]
    public void Construction_SmallAndMapped_HoldsItsElements(int length)
    {
        using var first = new AlignedBuffer<byte>(length);
        using var second = new AlignedBuffer<byte>(length);
        first.Span.Fill(1);
        second.Span.Fill(2);

        Assert.Equal(-1, first.Span.IndexOfAnyExcept((byte)1));
        Assert.Equal(-1, second.Span.IndexOfAnyExcept((byte)2));
    }

    [Fact]
    public void Construction_MoreThanThereIs_IsOutOfMemory() =>
        Assert.Throws<OutOfMemoryException>(() => new AlignedBuffer<byte>(1L << 60));

    [Fact]
    public void Span_AfterDispose_IsRefused()
    {
        var buffer = new AlignedBuffer<byte>(4 << 20);
        buffer.Dispose();
        buffer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
    }
}
