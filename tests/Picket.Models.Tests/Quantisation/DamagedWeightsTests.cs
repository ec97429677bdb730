using System.Runtime.InteropServices;
using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Models.Quantisation;

namespace Picket.Models.Tests.Quantisation;

/// <summary>Quantised checkpoints that are not what a quantiser writes.</summary>
public sealed class DamagedWeightsTests : IAsyncLifetime
{
    private const string Key = $"{RandomGuard.Layer}.attention.self.key_proj.weight";
    private const string Inner = $"{RandomGuard.Layer}.intermediate.dense.weight";
    private const string Words = "deberta.embeddings.word_embeddings.weight";
    private readonly RandomGuard _guard = new();
    private Dictionary<string, Tensor> _tensors = [];

    private string Weights => Path.Combine(_guard.Out, TensorSource.FileName);

    public async ValueTask InitializeAsync()
    {
        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, cancellationToken: TestContext.Current.CancellationToken);
        _tensors = Safetensors.Parse(await File.ReadAllBytesAsync(Weights, TestContext.Current.CancellationToken), "f").ToDictionary();
    }

    [Theory]
    [InlineData(Key)]
    [InlineData(Inner)]
    [InlineData(Words)]
    public void Load_WithoutScales_NamesTheTensor(string name)
    {
        _tensors.Remove($"{name}_scale");

        AssertRefused($"expected a tensor {name}_scale, found none");
    }

    [Theory]
    [InlineData(Key, 32)]
    [InlineData(Inner, 64)]
    [InlineData(Words, 64)]
    public void Load_ScalesOfAnotherShape_NamesTheTensor(string name, int rows)
    {
        _tensors[$"{name}_scale"] = Tensor.From(new float[rows - 1], rows - 1);

        AssertRefused($"tensor {name}_scale: expected F32 [{rows}], found F32 [{rows - 1}]");
    }

    [Theory]
    [InlineData(Key, -0.5f)]
    [InlineData(Inner, float.NaN)]
    [InlineData(Inner, float.PositiveInfinity)]
    [InlineData(Words, -1f)]
    [InlineData(Words, float.NaN)]
    public void Load_ScaleThatIsNone_NamesTensorAndRow(string name, float scale)
    {
        float[] scales = MemoryMarshal.Cast<byte, float>(_tensors[$"{name}_scale"].Data.Span).ToArray();
        scales[5] = scale;
        _tensors[$"{name}_scale"] = Tensor.From(scales, scales.Length);

        AssertRefused($"tensor {name}_scale: expected numbers from 0 on, found {scale} for row 5");
    }

    [Theory]
    [InlineData(Key)]
    [InlineData(Inner)]
    public void Load_WeightsBeyondTheKernelsBound_NamesTensorAndRow(string name)
    {
        Tensor sound = _tensors[name];
        sbyte[] numbers = MemoryMarshal.Cast<byte, sbyte>(sound.Data.Span).ToArray();
        numbers.AsSpan(2 * 32, 32).Fill(127);
        _tensors[name] = Tensor.From(numbers, [.. sound.Shape]);

        AssertRefused($"tensor {name}: expected weights of one sign that sum to at most 258", "in row 2 from input 0 on");
    }

    [Fact]
    public void Load_ProjectionsOfTwoTypes_NamesBoth()
    {
        _tensors[Key] = Tensor.From(new float[32 * 32], 32, 32);

        AssertRefused($"tensor {Key}: expected I8, as {RandomGuard.Layer}.attention.self.query_proj.weight has, found F32");
    }

    public ValueTask DisposeAsync()
    {
        _guard.Dispose();
        return ValueTask.CompletedTask;
    }

    private void AssertRefused(params string[] parts)
    {
        using (FileStream file = File.Create(Weights))
        {
            Safetensors.Write(file, _tensors);
        }

        using var context = new ComputeContext();
        using TensorSource source = TensorSource.Open(_guard.Out);
        var fault = Assert.Throws<PicketException>(
            () => DebertaV2Network.Load(source, DebertaV2Config.Read(Path.Combine(_guard.Out, DebertaV2Config.FileName)), context).Dispose());

        Assert.StartsWith(Weights, fault.Message, StringComparison.Ordinal);
        Assert.Equal(fault.Message, fault.Message.ReplaceLineEndings(" "));
        Assert.All(parts, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }
}
