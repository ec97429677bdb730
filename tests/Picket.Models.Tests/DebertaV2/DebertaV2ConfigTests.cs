using System.Text;
using System.Text.Json.Nodes;
using Picket.Models.DebertaV2;

namespace Picket.Models.Tests.DebertaV2;

public sealed class DebertaV2ConfigTests
{
    /// <summary>The fields of microsoft/deberta-v3-large.</summary>
    internal const string Large = """
        {"model_type":"deberta-v2","attention_probs_dropout_prob":0.1,"hidden_act":"gelu","hidden_dropout_prob":0.1,"hidden_size":1024,
         "initializer_range":0.02,"intermediate_size":4096,"max_position_embeddings":512,"relative_attention":true,"position_buckets":256,
         "norm_rel_ebd":"layer_norm","share_att_key":true,"pos_att_type":"p2c|c2p","layer_norm_eps":1e-7,"max_relative_positions":-1,
         "position_biased_input":false,"num_attention_heads":16,"num_hidden_layers":24,"type_vocab_size":0,"vocab_size":128100}
        """;

    public static TheoryData<int, int, int, int> Sizes => new()
    {
        { 1024, 24, 16, 4096 }, { 768, 12, 12, 3072 }, { 768, 6, 12, 3072 }, { 384, 12, 6, 1536 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Parse_PublishedShapes_AreTheNamedOnes(int hidden, int layers, int heads, int intermediate)
    {
        DebertaV2Config config = Parse(json =>
        {
            json["hidden_size"] = hidden;
            json["num_hidden_layers"] = layers;
            json["num_attention_heads"] = heads;
            json["intermediate_size"] = intermediate;
        });

        DebertaV2Config[] named = [DebertaV2Config.Large, DebertaV2Config.Base, DebertaV2Config.Small, DebertaV2Config.XSmall];
        Assert.Single(named, shape => shape == config with { Labels = shape.Labels });
        Assert.Equal((64, 512, 512), (config.HeadSize, config.RelativeRows, config.MaxRelativePositions));
    }

    [Fact]
    public void Parse_V2XLarge_HasTheConvolution()
    {
        DebertaV2Config config = Parse(static json =>
        {
            json["hidden_size"] = 1536;
            json["num_attention_heads"] = 24;
            json["intermediate_size"] = 6144;
            json["attention_head_size"] = 64;
            json["conv_kernel_size"] = 3;
            json["conv_act"] = "gelu";
            json["pooler_hidden_size"] = 1536;
        });

        Assert.Equal((3, 64), (config.ConvKernelSize, config.HeadSize));
    }

    [Fact]
    public void Parse_LongerPositions_WidenTheRelativeOnesUnlessTheseAreGiven()
    {
        Assert.Equal((1024, 1024), Positions(Parse(static json => json["max_position_embeddings"] = 1024)));
        Assert.Equal((1024, 512), Positions(Parse(static json =>
        {
            json["max_position_embeddings"] = 1024;
            json["max_relative_positions"] = 512;
        })));

        static (int, int) Positions(DebertaV2Config config) => (config.MaxPositions, config.MaxRelativePositions);
    }

    [Fact]
    public void Parse_FieldsThatMayBeAbsent_HaveHuggingFacesDefaults()
    {
        const string Least = """
            {"model_type":"deberta-v2","relative_attention":true,"share_att_key":true,"norm_rel_ebd":"layer_norm","pos_att_type":["c2p","p2c"],
             "position_biased_input":false,"position_buckets":256,"hidden_act":null}
            """;

        DebertaV2Config config = DebertaV2Config.Parse(Encoding.UTF8.GetBytes(Least), "config.json");

        Assert.Equal((128_100, 1536, 24, 24, 6144), (config.VocabSize, config.HiddenSize, config.Layers, config.Heads, config.IntermediateSize));
        Assert.Equal((512, 512, 1e-7f), (config.MaxPositions, config.MaxRelativePositions, config.LayerNormEpsilon));
        Assert.Equal((0, 0), (config.PadTokenId, config.ConvKernelSize));
        Assert.Equal(["LABEL_0", "LABEL_1"], config.Labels);
    }

    [Theory]
    [InlineData("{\"0\":\"safe\",\"1\":\"unsafe\"}", null, "safe,unsafe")]
    [InlineData("{\"1\":\"b\",\"0\":\"a\",\"2\":\"c\"}", "3", "a,b,c")]
    [InlineData("{\"0\":0,\"1\":1}", null, "0,1")]
    [InlineData(null, "3", "LABEL_0,LABEL_1,LABEL_2")]
    public void Parse_Labels_AreInTheOrderOfTheLogits(string? map, string? count, string expected)
    {
        DebertaV2Config config = Parse(json =>
        {
            json["id2label"] = map is null ? null : JsonNode.Parse(map);
            json["num_labels"] = count is null ? null : JsonNode.Parse(count);
        });

        Assert.Equal(expected, string.Join(',', config.Labels));
    }

    internal static DebertaV2Config Parse(Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(Large)!;
        change(json);
        return DebertaV2Config.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()), "config.json");
    }
}
