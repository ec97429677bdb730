using System.Buffers.Binary;
using Picket.Compute;
using Picket.Models.Blend;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Models.Quantisation;
using Picket.Models.Tests.Blend;
using Picket.Models.Tests.Bundles;
using Picket.Models.Tests.Formats;
using Picket.Models.Tests.Quantisation;
using Picket.Testing;

namespace Picket.Models.Tests.Fuzz;

/// <summary>Damaged files of every format: nothing but a sound load or a <see cref="PicketException"/> may come of them.</summary>
public sealed class LoadingFuzzTests : IDisposable
{
    private readonly ScratchFolder _folder = new(inMemory: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TensorSource_DamagedFile_EndsWell(int seed) =>
        FuzzRun.Load(Checkpoint(), 3000, seed, _folder[TensorSource.FileName], LoadCheckpoint);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void TensorSource_DamagedHeaderOfTheRightLength_EndsWell(int seed)
    {
        byte[] whole = Checkpoint();
        int end = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(whole);

        FuzzRun.Load(
            whole[8..end], 3000, seed, _folder[TensorSource.FileName], header => LoadCheckpoint(SafetensorsBytes.File(header, whole[end..])));
    }

    [Fact]
    public void Safetensors_DamagedFileInMemory_EndsWell() => FuzzRun.Load(
        SafetensorsTests.TwoTensors(), 3000, seed: 5, "f: ", static file => Assert.All(
            Safetensors.Parse(file, "f").Values,
            static tensor => Assert.Equal(
                tensor.Data.Length, tensor.Shape.Aggregate((long)Tensor.ElementSize(tensor.Type), static (product, length) => product * length))));

    [Fact]
    public void TensorSource_DamagedIndex_EndsWell()
    {
        File.WriteAllBytes(_folder["1.safetensors"], Checkpoint());
        File.WriteAllBytes(_folder["2.safetensors"], Checkpoint());
        byte[] index = """
            {"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b.weight":"2.safetensors","ids":"2.safetensors"}}
            """u8.ToArray();

        FuzzRun.Load(index, 3000, seed: 6, _folder[""], mutant =>
        {
            File.WriteAllBytes(_folder[TensorSource.IndexFileName], mutant);
            ReadAll(_folder[TensorSource.IndexFileName]);
        });
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void DebertaV2Config_DamagedFile_EndsWell(int seed) => FuzzRun.Load(Config(), 3000, seed, "config.json", static json =>
    {
        DebertaV2Config config = DebertaV2Config.Parse(json, "config.json");
        Assert.True(config.HiddenSize == config.Heads * config.HeadSize && config.MaxRelativePositions > (config.PositionBuckets / 2) + 1);
        Assert.InRange((long)config.VocabSize * config.HiddenSize, 1, 2_000_000L * 16_384);
        Assert.All(config.Labels, Assert.NotNull);
    });

    [Theory]
    [InlineData("deberta", 9)]
    [InlineData("ngram", 10)]
    public void Bundle_DamagedManifest_EndsWell(string kind, int seed)
    {
        using var deberta = new DebertaFolder(new DebertaV2Settings(MaxTokens: 256, Fp32Layers: new Dictionary<string, string> { ["a"] = "b" }));
        using var ngram = new BundleFolder();
        foreach (string file in Directory.GetFiles(kind == "deberta" ? deberta.Path : ngram.Path))
        {
            File.Copy(file, _folder[Path.GetFileName(file)]);
        }

        string manifest = _folder[GuardManifest.FileName];
        FuzzRun.Load(File.ReadAllBytes(manifest), 2500, seed, _folder[""], mutant =>
        {
            File.WriteAllBytes(manifest, mutant);
            Load(Bundle.Open(_folder[""]));
        });
    }

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    public void Blend_DamagedManifest_EndsWell(int seed)
    {
        using var blend = new BlendFolder(link: true, inMemory: true);
        FuzzRun.Load(File.ReadAllBytes(blend.Manifest), 1500, seed, blend.Path, mutant =>
        {
            File.WriteAllBytes(blend.Manifest, mutant);
            var bundle = Bundle.Open(blend.Path);
            bundle.Verify();
            if (bundle.Manifest.Kind == BlendGuard.Kind)
            {
                Assert.All(bundle.Manifest.Blend!.Members, static member => Assert.InRange(member.Weight, 0, BlendSettings.MostWeight));
                Assert.InRange(bundle.Manifest.Blend.Probability([1, -1]), 0, 1);
            }
        });
    }

    [Theory]
    [InlineData(QuantisedWeights.Int8, 11)]
    [InlineData(QuantisedWeights.Fp16, 12)]
    public async Task DebertaV2Network_DamagedQuantisedWeights_EndsWell(QuantisedWeights weights, int seed)
    {
        using var guard = new RandomGuard();
        await GuardQuantiser.QuantiseAsync(
            guard.Path, guard.Out, new QuantiserOptions { Weights = weights }, cancellationToken: TestContext.Current.CancellationToken);
        var config = DebertaV2Config.Read(guard.In(DebertaV2Config.FileName));
        string file = Path.Combine(guard.Out, TensorSource.FileName);
        using var context = new ComputeContext(new ComputeOptions { Threads = 1 });

        FuzzRun.Load(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), 1500, seed, file, mutant =>
        {
            File.WriteAllBytes(file, mutant);
            using TensorSource source = TensorSource.Open(file);
            DebertaV2Network.Load(source, config, context).Dispose();
        });
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Config() => System.Text.Encoding.UTF8.GetBytes(
        DebertaV2.DebertaV2ConfigTests.Large.TrimEnd('}', '\n')
        + """,  "id2label":{"0":"safe","1":"un\u0073afe"},"conv_kernel_size":3,"conv_act":"gelu"}""");

    private static byte[] Checkpoint()
    {
        byte[] header = System.Text.Encoding.UTF8.GetBytes(SafetensorsBytes.Header(
            "\"__metadata__\":{\"format\":\"pt\"}",
            SafetensorsBytes.Entry("a", "F32", "[2,3]", "[0,24]"),
            SafetensorsBytes.Entry("b.weight", "F16", "[4]", "[24,32]"),
            SafetensorsBytes.Entry("c", "BF16", "[]", "[32,34]"),
            SafetensorsBytes.Entry("q\\u0020", "I8", "[3,1]", "[34,37]"),
            SafetensorsBytes.Entry("ids", "I64", "[1,2]", "[37,53]"),
            SafetensorsBytes.Entry("f", "F6_E2M3", "[4]", "[53,56]")));
        byte[] data = new byte[56];
        new Random(1).NextBytes(data);
        return SafetensorsBytes.File(header, data);
    }

    private static void Load(Bundle bundle)
    {
        if (bundle.Manifest.Kind == DebertaV2Config.ModelType)
        {
            (DebertaV2Config config, DebertaV2Settings settings) = DebertaV2Bundle.Read(bundle);
            Assert.InRange(settings.MaxTokens!.Value, 8, config.MaxPositions);
            Assert.InRange(settings.OverlapTokens, 0, settings.MaxTokens.Value / 2);
            bundle.OpenWeights().Dispose();
        }
        else
        {
            GuardLoader.LoadAsync(bundle.Folder).AsTask().GetAwaiter().GetResult();
        }
    }

    private static void ReadAll(string path)
    {
        using TensorSource source = TensorSource.Open(path);
        foreach (string name in source.Names)
        {
            if (Record.Exception(() => source.Info(name)) is { } unread)
            {
                Assert.IsType<PicketException>(unread);
                continue;
            }

            TensorInfo info = source.Info(name);
            int[] shape = [.. info.Shape];
            int count = shape.Aggregate(1, static (product, dimension) => product * dimension);
            using MappedTensor mapped = source.Map(name);
            Assert.Equal(count * Tensor.ElementSize(info.Type), mapped.As<byte>().Length);
            if (info.Type == TensorType.I8)
            {
                source.ReadInt8(name, shape, new sbyte[count]);
            }
            else
            {
                Assert.Equal(count, source.ReadFloats(name, shape).Length);
            }
        }
    }

    private void LoadCheckpoint(byte[] content)
    {
        File.WriteAllBytes(_folder[TensorSource.FileName], content);
        ReadAll(_folder[TensorSource.FileName]);
    }
}
