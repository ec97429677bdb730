using System.Text.Json;

namespace Picket.Models.DebertaV2;

/// <summary>Writes a <c>config.json</c> that Hugging Face's DebertaV2Config and <see cref="DebertaV2Config.Read"/> take alike.</summary>
public static class DebertaV2ConfigWriter
{
    /// <summary>The architecture of a classifier.</summary>
    public const string SequenceClassification = "DebertaV2ForSequenceClassification";

    /// <summary>The architecture of a masked language model.</summary>
    public const string MaskedLanguage = "DebertaV2ForMaskedLM";

    /// <summary>The content of the file, with every field that either reader has an own default for.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="architecture">The class of Hugging Face's that the weights are for.</param>
    /// <param name="hiddenDropout">What a further training would leave out of hidden states.</param>
    /// <param name="attentionDropout">What it would leave out of attention probabilities.</param>
    public static byte[] Write(
        DebertaV2Config config, string architecture = SequenceClassification, float hiddenDropout = 0.1f, float attentionDropout = 0.1f)
    {
        ArgumentNullException.ThrowIfNull(config);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("model_type", DebertaV2Config.ModelType);
            json.WriteStartArray("architectures");
            json.WriteStringValue(architecture);
            json.WriteEndArray();
            json.WriteNumber("vocab_size", config.VocabSize);
            json.WriteNumber("hidden_size", config.HiddenSize);
            json.WriteNumber("num_hidden_layers", config.Layers);
            json.WriteNumber("num_attention_heads", config.Heads);
            json.WriteNumber("intermediate_size", config.IntermediateSize);
            json.WriteString("hidden_act", "gelu");
            json.WriteNumber("hidden_dropout_prob", hiddenDropout);
            json.WriteNumber("attention_probs_dropout_prob", attentionDropout);
            json.WriteNumber("initializer_range", 0.02);
            json.WriteNumber("layer_norm_eps", config.LayerNormEpsilon);
            json.WriteNumber("max_position_embeddings", config.MaxPositions);
            json.WriteNumber("type_vocab_size", 0);
            json.WriteBoolean("relative_attention", value: true);
            json.WriteNumber("max_relative_positions", config.MaxRelativePositions == config.MaxPositions ? -1 : config.MaxRelativePositions);
            json.WriteNumber("position_buckets", config.PositionBuckets);
            json.WriteString("norm_rel_ebd", "layer_norm");
            json.WriteBoolean("share_att_key", value: true);
            json.WriteString("pos_att_type", "p2c|c2p");
            json.WriteBoolean("position_biased_input", value: false);
            if (config.ConvKernelSize > 0)
            {
                json.WriteNumber("conv_kernel_size", config.ConvKernelSize);
                json.WriteString("conv_act", "gelu");
            }

            json.WriteNumber("pooler_hidden_size", config.HiddenSize);
            json.WriteString("pooler_hidden_act", "gelu");
            json.WriteNumber("pooler_dropout", 0);
            json.WriteNumber("pad_token_id", config.PadTokenId);
            WriteLabels(json, config.Labels);
            json.WriteString("torch_dtype", "float32");
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteLabels(Utf8JsonWriter json, IReadOnlyList<string> labels)
    {
        json.WriteStartObject("id2label");
        for (int id = 0; id < labels.Count; id++)
        {
            json.WriteString(id.ToString(), labels[id]);
        }

        json.WriteEndObject();
        json.WriteStartObject("label2id");

        // Two classes of one name would be one key twice; the last one counts, as in a Python dictionary.
        foreach ((string label, int id) in labels.Select(static (label, id) => (label, id)).Reverse().DistinctBy(static pair => pair.label).Reverse())
        {
            json.WriteNumber(label, id);
        }

        json.WriteEndObject();
    }
}
