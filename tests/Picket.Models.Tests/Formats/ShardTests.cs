using Picket.Models.Formats;
using Picket.Testing;

namespace Picket.Models.Tests.Formats;

public sealed class ShardTests : IDisposable
{
    private const string Sound = """{"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""";
    private readonly ScratchFolder _folder = new();

    public ShardTests()
    {
        WriteShard(1, "a", 1);
        WriteShard(2, "b", 2);
    }

    [Fact]
    public void Open_SoundIndex_ReadsEachTensorFromItsFile()
    {
        File.WriteAllText(_folder[TensorSource.IndexFileName], Sound);

        using TensorSource source = TensorSource.Open(_folder[""]);
        using MappedTensor mapped = source.Map("b");

        Assert.Equal(["a", "b"], source.Names);
        Assert.Equal((1f, 2f, 2f), (source.ReadFloats("a", 1)[0], source.ReadFloats("b", 1)[0], mapped.As<float>()[0]));
    }

    [Fact]
    public void ReadFloats_OtherShape_NamesTheShard()
    {
        File.WriteAllText(_folder[TensorSource.IndexFileName], Sound);
        using TensorSource source = TensorSource.Open(_folder[""]);

        var fault = Assert.Throws<PicketException>(() => source.ReadFloats("b", 2));

        Assert.StartsWith(_folder["2.safetensors"], fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../2.safetensors")]
    [InlineData("/etc/hostname")]
    [InlineData("sub/2.safetensors")]
    [InlineData("C:2.safetensors")]
    [InlineData("..\\\\2.safetensors")]
    [InlineData("..")]
    [InlineData("2.safetensors\\u0000")]
    [InlineData("2.safe\\ntensors")]
    [InlineData("")]
    public void Open_ShardNameWithAFolder_IsRefused(string name)
    {
        AssertRefused(Sound.Replace("2.safetensors", name, StringComparison.Ordinal), "field \"weight_map.b\"", "name of a file without a folder");
    }

    [Fact]
    public void Open_ShardMissing_NamesIt()
    {
        File.Delete(_folder["2.safetensors"]);

        AssertRefused(Sound, _folder["2.safetensors"], "cannot be read");
    }

    [Fact]
    public void Open_ShardWithoutItsTensor_NamesBoth()
    {
        string index = Sound.Replace("\"b\"", "\"c\"", StringComparison.Ordinal);

        AssertRefused(index, _folder["2.safetensors"], "expected a tensor c", "found none among 1");
    }

    [Theory]
    [InlineData("", "index is damaged")]
    [InlineData("{", "index is damaged")]
    [InlineData("[]", "index is damaged")]
    [InlineData("{}", "field \"weight_map\": expected an object, found none")]
    [InlineData("{\"weight_map\":[]}", "field \"weight_map\": expected an object, found StartArray")]
    [InlineData("{\"weight_map\":{\"a\":1}}", "field \"weight_map.a\"", "found Number")]
    [InlineData("{\"weight_map\":{\"a\":\"1.safetensors\",\"a\":\"2.safetensors\"}}", "field \"weight_map.a\"", "found two")]
    [InlineData("{\"weight_map\":{},\"weight_map\":{}}", "two")]
    [InlineData("{\"weight_map\":{\"a\":\"\\ud800\"}}", "index is damaged")]
    [InlineData("{\"metadata\":[[[[[[[[[[[[[[[[[[[[", "index is damaged")]
    [InlineData("{\"weight_map\":{}} x", "index is damaged")]
    public void Open_BrokenIndex_SaysWhere(string index, params string[] expected) => AssertRefused(index, [TensorSource.IndexFileName, .. expected]);

    [Fact]
    public void Open_IndexOfThousandsOfFiles_IsRefusedUnopened()
    {
        string map = string.Join(",", Enumerable.Range(0, 1001).Select(static i => $"\"t{i}\":\"{i}.safetensors\""));

        AssertRefused($"{{\"weight_map\":{{{map}}}}}", "at most 100000 tensors in 1000 files");
    }

    public void Dispose() => _folder.Dispose();

    private void AssertRefused(string index, params string[] expected)
    {
        File.WriteAllText(_folder[TensorSource.IndexFileName], index);
        var fault = Assert.Throws<PicketException>(() => TensorSource.Open(_folder[""]));
        Assert.Equal(fault.Message, fault.Message.ReplaceLineEndings(" "));
        Assert.All(expected, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    private void WriteShard(int number, string tensor, float value)
    {
        using FileStream file = File.Create(_folder[$"{number}.safetensors"]);
        Safetensors.Write(file, new Dictionary<string, Tensor> { [tensor] = Tensor.From([value], 1) });
    }
}
