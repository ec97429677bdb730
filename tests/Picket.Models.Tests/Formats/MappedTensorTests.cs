using Picket.Models.Formats;
using Picket.Testing;

namespace Picket.Models.Tests.Formats;

public sealed class MappedTensorTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly TensorSource _source;

    public MappedTensorTests()
    {
        using (FileStream file = File.Create(_folder["m.safetensors"]))
        {
            Safetensors.Write(file, new Dictionary<string, Tensor>
            {
                ["odd"] = Tensor.From((ReadOnlySpan<sbyte>)[1, 2, 3], 3),
                ["table"] = Tensor.From([.. Enumerable.Range(0, 12).Select(static i => (float)i)], 4, 3),
                ["empty"] = Tensor.From(Array.Empty<float>(), 0, 3),
                ["scalar"] = Tensor.From([7f]),
            });
        }

        _source = TensorSource.Open(_folder["m.safetensors"]);
    }

    [Fact]
    public void As_TensorThatIsNotAligned_GivesTheElements()
    {
        using MappedTensor table = _source.Map("table");

        Assert.Equal(Enumerable.Range(0, 12).Select(static i => (float)i), table.As<float>().ToArray());
        Assert.Equal("F32 [4, 3]", table.Info.ToString());
    }

    [Fact]
    public void Rows_SomeRows_GivesTheirElements()
    {
        using MappedTensor table = _source.Map("table");

        Assert.Equal([3f, 4, 5, 6, 7, 8], table.Rows<float>(1, 2).ToArray());
        Assert.Equal(0, table.Rows<float>(4, 0).Length);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 5)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(0, -1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Rows_OutsideTheTensor_IsRefused(int first, int count)
    {
        using MappedTensor table = _source.Map("table");

        Assert.Throws<ArgumentOutOfRangeException>(() => table.Rows<float>(first, count).Length);
    }

    [Fact]
    public void As_EmptyAndScalar_Work()
    {
        using MappedTensor empty = _source.Map("empty");
        using MappedTensor scalar = _source.Map("scalar");

        Assert.Equal((0, 0), (empty.As<float>().Length, empty.Rows<float>(0, 0).Length));
        Assert.Equal([7f], scalar.Rows<float>(0, 1).ToArray());
    }

    [Fact]
    public void As_SourceDisposed_StillWorks()
    {
        using MappedTensor odd = _source.Map("odd");
        _source.Dispose();

        Assert.Equal([1, 2, 3], odd.As<sbyte>().ToArray());
    }

    [Fact]
    public void As_Disposed_Throws()
    {
        MappedTensor odd = _source.Map("odd");
        odd.Dispose();
        odd.Dispose();

        Assert.Throws<ObjectDisposedException>(() => odd.As<sbyte>().Length);
    }

    public void Dispose()
    {
        _source.Dispose();
        _folder.Dispose();
    }
}
