using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>
/// The shape of a DeBERTa-v2 or -v3 classifier, from Hugging Face's <c>config.json</c>. What the engine computes in one way only (GELU,
/// shared relative keys, both disentangled terms, layer-normed relative embeddings, no absolute positions) is checked on reading, not kept.
/// </summary>
/// <remarks>
/// Fields that a file leaves out have the values of Hugging Face's DebertaV2Config (transformers,
/// <c>configuration_deberta_v2.py</c> and the <c>getattr</c> defaults of <c>modeling_deberta_v2.py</c>).
/// </remarks>
public sealed record DebertaV2Config
{
    /// <summary>The file's name in a model's folder.</summary>
    public const string FileName = "config.json";

    /// <summary>The <c>model_type</c> of such a file, and the kind of such a guard's bundle.</summary>
    public const string ModelType = "deberta-v2";

    /// <summary>Rows of the token embedding table; 128,100 for every DeBERTa-v3, some of which no token uses.</summary>
    public int VocabSize { get; init; } = 128_100;

    /// <summary>Width of a token's vector.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Encoder layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads, each of <see cref="HeadSize"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward layer.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Added to the variance in every layer norm.</summary>
    public float LayerNormEpsilon { get; init; } = 1e-7f;

    /// <summary>The longest input in tokens, special ones included, that the model was made for.</summary>
    public int MaxPositions { get; init; } = 512;

    /// <summary>
    /// The largest distance that the logarithmic buckets spread over; <c>max_relative_positions</c>, or <see cref="MaxPositions"/> where
    /// that is below 1. Larger distances are clamped.
    /// </summary>
    public int MaxRelativePositions { get; init; } = 512;

    /// <summary>Buckets of relative distance in each direction: the relative embedding table has twice as many rows.</summary>
    public int PositionBuckets { get; init; } = 256;

    /// <summary>Taps of the convolution beside the first layer, an odd number; 0 for none. Only DeBERTa-v2 (xlarge and up) has one.</summary>
    public int ConvKernelSize { get; init; }

    /// <summary>The token that fills a batch's shorter rows.</summary>
    public int PadTokenId { get; init; }

    /// <summary>The names of the classes in the order of the logits: <c>id2label</c>, or LABEL_0 and so on where it is left out.</summary>
    public IReadOnlyList<string> Labels { get; init; } = ["LABEL_0", "LABEL_1"];

    /// <summary>Width of a head.</summary>
    public int HeadSize => HiddenSize / Heads;

    /// <summary>Rows of the relative embedding table.</summary>
    public int RelativeRows => 2 * PositionBuckets;

    /// <summary>The shape of microsoft/deberta-v3-large, which HarmAug-Guard has: 435M parameters.</summary>
    public static DebertaV2Config Large { get; } = new() { HiddenSize = 1024, Layers = 24, Heads = 16, IntermediateSize = 4096 };

    /// <summary>The shape of microsoft/deberta-v3-base: 184M parameters.</summary>
    public static DebertaV2Config Base { get; } = new() { HiddenSize = 768, Layers = 12, Heads = 12, IntermediateSize = 3072 };

    /// <summary>The shape of microsoft/deberta-v3-small: 142M parameters.</summary>
    public static DebertaV2Config Small { get; } = new() { HiddenSize = 768, Layers = 6, Heads = 12, IntermediateSize = 3072 };

    /// <summary>The shape of microsoft/deberta-v3-xsmall: 71M parameters.</summary>
    public static DebertaV2Config XSmall { get; } = new() { HiddenSize = 384, Layers = 12, Heads = 6, IntermediateSize = 1536 };

    /// <summary>Reads a <c>config.json</c> of at most 1 MB.</summary>
    /// <exception cref="PicketException">
    /// It cannot be read, or is no JSON object, or describes a model that the engine does not compute; every such field is named.
    /// </exception>
    public static DebertaV2Config Read(string path) => Parse(BoundedFile.Read(path, 1 << 20), path);

    /// <summary>Reads the content of a <c>config.json</c>.</summary>
    /// <param name="json">The content.</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <exception cref="PicketException">As <see cref="Read"/>.</exception>
    public static DebertaV2Config Parse(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            using var fields = ConfigFields.Parse(json, file);
            DebertaV2Config config = DebertaV2ConfigReader.Read(fields);
            fields.ThrowFaults();
            return config;
        }
        catch (InvalidOperationException fault)
        {
            // Texts are decoded when they are asked for, and only then does half a surrogate pair or a byte outside UTF-8 show.
            throw new PicketException($"{file}: expected texts in UTF-8, found other bytes", fault);
        }
    }
}
