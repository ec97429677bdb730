using System.Runtime.InteropServices;
using Picket.Models.Bundles;
using Picket.Models.Formats;
using Picket.Models.NGram;

namespace Picket.Models.Tests.NGram;

/// <summary>Small networks with seeded random parameters.</summary>
internal static class RandomNetwork
{
    public static NGramShape Shape { get; } = new() { BucketBits = 10, Dimension = 16, Hidden = 24, WindowChars = 64, OverlapChars = 16 };

    public static GuardManifest Manifest { get; } = new()
    {
        Kind = NGramGuard.Kind,
        Name = "random",
        Files = new Dictionary<string, BundleFile>(),
        Temperature = 1.7,
        Threshold = 0.4,
        FeatureWidth = Shape.Hidden,
        Ngram = Shape,
    };

    public static NGramNetwork Create(int seed = 1) => new(Shape, Tensors(seed), "model.safetensors");

    public static NGramGuard Guard(int seed = 1) => new(Create(seed), Manifest);

    public static Dictionary<string, Tensor> Tensors(int seed = 1)
    {
        var random = new Random(seed);
        int width = Shape.Dimension;
        sbyte[] table = new sbyte[width << Shape.BucketBits];
        random.NextBytes(MemoryMarshal.AsBytes(table.AsSpan()));
        for (int mass = width - 1; mass < table.Length; mass += width)
        {
            table[mass] = (sbyte)random.Next(1, 128);
        }

        return new Dictionary<string, Tensor>
        {
            ["embeddings"] = Tensor.From(table, 1 << Shape.BucketBits, width),
            ["scale"] = Floats(0.001f, 0.01f, width),
            ["hidden.weight"] = Floats(-1, 1, Shape.Hidden, 2 * width),
            ["hidden.bias"] = Floats(-0.2f, 0.2f, 2, Shape.Hidden),
            ["head.weight"] = Floats(-1, 1, 2, Shape.Hidden),
            ["head.bias"] = Floats(-1, 1, 2),
        };

        Tensor Floats(float low, float high, params int[] shape)
        {
            int count = shape.Aggregate(1, static (product, dimension) => product * dimension);
            return Tensor.From([.. Enumerable.Range(0, count).Select(_ => low + (random.NextSingle() * (high - low)))], shape);
        }
    }
}
