using System.Runtime.InteropServices;
using Picket.Compute;
using Picket.Models.Formats;

namespace Picket.Models.NGram;

/// <summary>
/// The network over hashed n-grams, quantised for inference: prompt and response each become a weighted sum of embeddings divided by the
/// square root of the summed squared weights; a hidden layer with ReLU reads both; two logits read the hidden layer.
/// </summary>
/// <remarks>Immutable and safe to use from several threads, each with a <see cref="NGramScratch"/> of its own.</remarks>
public sealed class NGramNetwork
{
    private readonly ReadOnlyMemory<byte> _table;
    private readonly float[] _scale;
    private readonly float[] _hiddenWeight;
    private readonly float[] _hiddenBias;
    private readonly float[] _headWeight;
    private readonly float[] _headBias;

    /// <summary>Takes the parameters from the tensors of <c>model.safetensors</c>.</summary>
    /// <param name="shape">The shape they must have.</param>
    /// <param name="tensors">
    /// <c>embeddings</c> int8 [buckets, dimension], its last column the n-gram's squared weight; <c>scale</c> [dimension], what one unit of
    /// each column is worth; <c>hidden.weight</c> [hidden, 2 x dimension], prompt columns first; <c>hidden.bias</c> [2, hidden], for prompts
    /// and for pairs; <c>head.weight</c> [2, hidden]; <c>head.bias</c> [2].
    /// </param>
    /// <param name="file">The file's name, for errors.</param>
    /// <exception cref="PicketException">A tensor is absent or has another type or shape.</exception>
    public NGramNetwork(NGramShape shape, IReadOnlyDictionary<string, Tensor> tensors, string file)
    {
        if (shape.Faults().FirstOrDefault() is { } fault)
        {
            throw new PicketException($"{GuardManifestPath(file)}, field \"ngram\": {fault}");
        }

        Shape = shape;
        _table = Require("embeddings", TensorType.I8, 1 << shape.BucketBits, shape.Dimension);
        _scale = Floats("scale", shape.Dimension);
        _hiddenWeight = Floats("hidden.weight", shape.Hidden, 2 * shape.Dimension);
        _hiddenBias = Floats("hidden.bias", 2, shape.Hidden);
        _headWeight = Floats("head.weight", 2, shape.Hidden);
        _headBias = Floats("head.bias", 2);

        // One that is not finite would give NaN for every text, which no threshold flags.
        float[] Floats(string name, params int[] expected)
        {
            float[] values = MemoryMarshal.Cast<byte, float>(Require(name, TensorType.F32, expected).Span).ToArray();
            return values.All(float.IsFinite) ? values : throw new PicketException($"{file}: tensor {name}: expected finite numbers, found others");
        }

        ReadOnlyMemory<byte> Require(string name, TensorType type, params int[] expected) =>
            !tensors.TryGetValue(name, out Tensor? tensor)
                ? throw new PicketException($"{file}: expected a tensor {name}, found none among {tensors.Count}")
                : tensor.Type == type && tensor.Shape.SequenceEqual(expected)
                    ? tensor.Data
                    : throw new PicketException(
                        $"{file}: tensor {name}: expected {type} [{string.Join(", ", expected)}], "
                        + $"found {tensor.Type} [{string.Join(", ", tensor.Shape)}]");
    }

    /// <summary>The shape of the network.</summary>
    public NGramShape Shape { get; }

    /// <summary>Scores one window. Allocates nothing once <paramref name="scratch"/> has grown.</summary>
    /// <param name="prompt">At most a window of the prompt.</param>
    /// <param name="response">At most a window of the response; ignored unless <paramref name="isPair"/>.</param>
    /// <param name="isPair">Whether the response is judged; it may be empty.</param>
    /// <param name="scratch">Working memory of the calling thread.</param>
    /// <param name="features">Receives the hidden vector, <see cref="NGramShape.Hidden"/> floats.</param>
    /// <param name="words">The word tokens of both texts.</param>
    /// <returns>The unsafe logit minus the safe one.</returns>
    public float Score(
        ReadOnlySpan<char> prompt, ReadOnlySpan<char> response, bool isPair, NGramScratch scratch, Span<float> features, out int words)
    {
        int width = Shape.Dimension;
        Span<float> pooled = scratch.Pooled(2 * width);
        pooled.Clear();
        Pool(prompt, scratch, pooled[..width], out words);
        if (isPair)
        {
            Pool(response, scratch, pooled[width..], out int responseWords);
            words += responseWords;
        }

        ReadOnlySpan<float> bias = _hiddenBias.AsSpan(isPair ? Shape.Hidden : 0, Shape.Hidden);
        for (int i = 0; i < bias.Length; i++)
        {
            features[i] = Math.Max(0, bias[i] + Kernels.Dot(_hiddenWeight.AsSpan(i * pooled.Length, pooled.Length), pooled));
        }

        float safe = _headBias[0] + Kernels.Dot(_headWeight.AsSpan(0, bias.Length), features[..bias.Length]);
        float unsafeLogit = _headBias[1] + Kernels.Dot(_headWeight.AsSpan(bias.Length), features[..bias.Length]);
        return unsafeLogit - safe;
    }

    private void Pool(ReadOnlySpan<char> text, NGramScratch scratch, Span<float> pooled, out int words)
    {
        Span<int> buckets = scratch.Buckets(NGramFeatures.MaxCount(Shape, text.Length));
        int count = NGramFeatures.Extract(text, Shape, buckets, out words);
        count = NGramFeatures.Dampen(buckets[..count], scratch.Seen(count));
        Span<int> sums = stackalloc int[64];
        sums = sums[..pooled.Length];
        EmbeddingBag.Sum(MemoryMarshal.Cast<byte, sbyte>(_table.Span), buckets[..count], sums);

        float mass = sums[^1] * _scale[^1];
        float norm = mass > 0 ? 1 / MathF.Sqrt(mass) : 0;
        for (int i = 0; i < pooled.Length - 1; i++)
        {
            pooled[i] = sums[i] * _scale[i] * norm;
        }
    }

    private static string GuardManifestPath(string file) => Path.Combine(Path.GetDirectoryName(file) ?? "", Bundles.GuardManifest.FileName);
}
