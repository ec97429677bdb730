using System.Text.Json;

namespace Picket.Models.DebertaV2;

/// <summary>
/// Every field of a <c>config.json</c> that changes the arithmetic. The upper bounds are some times those of the largest published models,
/// so that a hostile file cannot ask for more memory than a large model takes.
/// </summary>
internal static class DebertaV2ConfigReader
{
    private const int MaxLabels = 1000;
    private const string SingleLabel = "single_label_classification";

    /// <summary>Reads a configuration; the faults stay with <paramref name="fields"/>.</summary>
    public static DebertaV2Config Read(ConfigFields fields)
    {
        fields.RequireText("model_type", absent: null, DebertaV2Config.ModelType);
        int vocabulary = fields.Int("vocab_size", 128_100, 1, 2_000_000);
        int hidden = fields.Int("hidden_size", 1536, 1, 16_384);
        int heads = fields.Int("num_attention_heads", 24, 1, 256);
        int positions = fields.Int("max_position_embeddings", 512, 1, 65_536);
        int relative = fields.Int("max_relative_positions", -1, int.MinValue, 65_536);
        var config = new DebertaV2Config
        {
            VocabSize = vocabulary,
            HiddenSize = hidden,
            Layers = fields.Int("num_hidden_layers", 24, 1, 256),
            Heads = heads,
            IntermediateSize = fields.Int("intermediate_size", 6144, 1, 65_536),
            LayerNormEpsilon = fields.Positive("layer_norm_eps", 1e-7f, 1),
            MaxPositions = positions,
            MaxRelativePositions = relative < 1 ? positions : relative,
            PositionBuckets = Buckets(fields),
            ConvKernelSize = fields.Int("conv_kernel_size", 0, 0, 31),
            PadTokenId = fields.Int("pad_token_id", 0, 0, vocabulary - 1),
            Labels = Labels(fields),
        };
        CheckDerived(config, fields);
        CheckFixed(config, fields);
        return config;
    }

    private static void CheckDerived(DebertaV2Config config, ConfigFields fields)
    {
        if (config.HiddenSize % config.Heads != 0)
        {
            fields.Fault("hidden_size", $"a multiple of num_attention_heads, {config.Heads}", config.HiddenSize);
        }

        fields.RequireInt("attention_head_size", config.HeadSize);
        fields.RequireInt("pooler_hidden_size", config.HiddenSize);
        fields.RequireInt("embedding_size", config.HiddenSize);

        // The logarithm of the buckets spreads from half of them to the largest distance: there has to be something between.
        if (config.MaxRelativePositions < (config.PositionBuckets / 2) + 2)
        {
            string least = $"at least {(config.PositionBuckets / 2) + 2}, for {config.PositionBuckets} position_buckets";
            fields.Fault("max_relative_positions", $"(or else max_position_embeddings) {least}", config.MaxRelativePositions);
        }

        if (config.ConvKernelSize > 0 && config.ConvKernelSize % 2 == 0)
        {
            fields.Fault("conv_kernel_size", "an odd number, or 0 for none", config.ConvKernelSize);
        }
    }

    /// <summary>What the engine computes in one way only, with what the absence of the field means to Hugging Face's code.</summary>
    private static void CheckFixed(DebertaV2Config config, ConfigFields fields)
    {
        fields.RequireText("hidden_act", "gelu", "gelu");
        fields.RequireText("pooler_hidden_act", "gelu", "gelu");
        fields.RequireText("norm_rel_ebd", "none", "layer_norm");
        fields.RequireFlag("relative_attention", absent: false, expected: true);
        fields.RequireFlag("share_att_key", absent: false, expected: true);
        fields.RequireFlag("position_biased_input", absent: true, expected: false);
        fields.RequireInt("type_vocab_size", 0);
        if (config.ConvKernelSize > 0)
        {
            fields.RequireText("conv_act", "tanh", "gelu");
            fields.RequireInt("conv_groups", 1);
        }

        CheckTerms(fields);
        fields.RequireText("problem_type", SingleLabel, SingleLabel);

        if (fields["quantization_config"] is { } quantization)
        {
            fields.Fault("quantization_config", "none: the weights as floats", ConfigFields.Shown(quantization));
        }
    }

    /// <summary>Both disentangled terms, as "p2c|c2p" or as a list.</summary>
    private static void CheckTerms(ConfigFields fields)
    {
        JsonElement? value = fields["pos_att_type"];
        string[] terms = value switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString()!.ToLowerInvariant().Split('|', StringSplitOptions.TrimEntries),
            { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(static term => term.ValueKind == JsonValueKind.String) =>
                [.. list.EnumerateArray().Select(static term => term.GetString()!)],
            _ => [],
        };
        if (terms.Length != 2 || !terms.Contains("c2p") || !terms.Contains("p2c"))
        {
            fields.Fault("pos_att_type", "\"p2c|c2p\" or a list of both", value is { } found ? ConfigFields.Shown(found) : "none");
        }
    }

    private static int Buckets(ConfigFields fields)
    {
        if (fields["position_buckets"] is null)
        {
            fields.Fault("position_buckets", "an even number from 2 to 32768", "none, which means no buckets");
        }

        int buckets = fields.Int("position_buckets", 256, 2, 32_768);
        if (buckets % 2 != 0)
        {
            fields.Fault("position_buckets", "an even number", buckets);
        }

        return buckets;
    }

    private static string[] Labels(ConfigFields fields)
    {
        if (fields["id2label"] is not { } map)
        {
            return [.. Enumerable.Range(0, fields.Int("num_labels", 2, 1, MaxLabels)).Select(static id => $"LABEL_{id}")];
        }

        const string Expected = "an object of texts by the numbers from 0 on";
        if (map.ValueKind != JsonValueKind.Object || map.GetPropertyCount() is 0 or > MaxLabels)
        {
            fields.Fault("id2label", $"{Expected}, 1 to {MaxLabels}", ConfigFields.Shown(map));
            return ["LABEL_0", "LABEL_1"];
        }

        string[] labels = new string[map.GetPropertyCount()];
        for (int id = 0; id < labels.Length; id++)
        {
            if (!map.TryGetProperty(id.ToString(), out JsonElement label) || label.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            {
                fields.Fault("id2label", Expected, $"no text for {id} among {labels.Length}");
                return ["LABEL_0", "LABEL_1"];
            }

            labels[id] = label.ToString();
        }

        fields.RequireInt("num_labels", labels.Length);
        return labels;
    }
}
