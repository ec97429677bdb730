using System.Runtime.InteropServices;
using Picket.Models;
using Picket.Models.Bundles;
using Picket.Models.Formats;
using Picket.Models.NGram;

namespace Picket.Benchmarks;

/// <summary>The embedded guard of <c>models/ngram</c>; where the repository has none, a random one of the default shape.</summary>
internal static class NGramModel
{
    public static (NGramNetwork Network, GuardManifest Manifest) Load()
    {
        if (!Directory.Exists(EmbeddedGuards.Folder(EmbeddedGuards.NGram)))
        {
            return (new NGramNetwork(new NGramShape(), RandomTensors(new NGramShape()), NGramGuard.WeightsFile), Manifest(new NGramShape()));
        }

        Bundle bundle = Bundle.Open(EmbeddedGuards.Folder(EmbeddedGuards.NGram));
        IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Parse(bundle.Read(NGramGuard.WeightsFile), NGramGuard.WeightsFile);
        return (new NGramNetwork(bundle.Manifest.Ngram!, tensors, NGramGuard.WeightsFile), bundle.Manifest);
    }

    private static GuardManifest Manifest(NGramShape shape) =>
        new() { Kind = NGramGuard.Kind, Name = "random", Files = new Dictionary<string, BundleFile>(), Ngram = shape };

    private static Dictionary<string, Tensor> RandomTensors(NGramShape shape)
    {
        var random = new Random(1);
        sbyte[] table = new sbyte[shape.Dimension << shape.BucketBits];
        random.NextBytes(MemoryMarshal.AsBytes(table.AsSpan()));
        for (int mass = shape.Dimension - 1; mass < table.Length; mass += shape.Dimension)
        {
            table[mass] = (sbyte)random.Next(1, 128);
        }

        return new Dictionary<string, Tensor>
        {
            ["embeddings"] = Tensor.From(table, 1 << shape.BucketBits, shape.Dimension),
            ["scale"] = Floats(shape.Dimension),
            ["hidden.weight"] = Floats(shape.Hidden, 2 * shape.Dimension),
            ["hidden.bias"] = Floats(2, shape.Hidden),
            ["head.weight"] = Floats(2, shape.Hidden),
            ["head.bias"] = Floats(2),
        };

        Tensor Floats(params int[] dimensions) => Tensor.From(
            [.. Enumerable.Range(0, dimensions.Aggregate(static (x, y) => x * y)).Select(_ => random.NextSingle() - 0.5f)], dimensions);
    }
}
