using System.Text;
using System.Text.Json.Nodes;
using Picket.Models.DebertaV2;
using Picket.Testing;

namespace Picket.Models.Tests.DebertaV2;

public sealed class DebertaV2ConfigFaultTests
{
    [Theory]
    [InlineData("model_type", "\"bert\"", "expected \"deberta-v2\", found \"bert\"")]
    [InlineData("model_type", null, "expected \"deberta-v2\", found none")]
    [InlineData("vocab_size", "0", "expected a whole number from 1 to 2000000, found 0")]
    [InlineData("hidden_size", "2147483648", "expected a whole number from 1 to 16384, found 2147483648")]
    [InlineData("hidden_size", "1e400", "found 1e400")]
    [InlineData("hidden_size", "1023", "expected a multiple of num_attention_heads, 16, found 1023")]
    [InlineData("hidden_size", "[]", "found []")]
    [InlineData("num_attention_heads", "0", "from 1 to 256, found 0")]
    [InlineData("num_hidden_layers", "1.5", "found 1.5")]
    [InlineData("num_hidden_layers", "\"24\"", "expected a whole number")]
    [InlineData("intermediate_size", "-1", "found -1")]
    [InlineData("hidden_act", "\"relu\"", "expected \"gelu\"")]
    [InlineData("hidden_act", "\"gelu_new\"", "expected \"gelu\"")]
    [InlineData("pooler_hidden_act", "\"tanh\"", "expected \"gelu\"")]
    [InlineData("layer_norm_eps", "0", "expected a number above 0 and up to 1, found 0")]
    [InlineData("layer_norm_eps", "\"1e-7\"", "expected a number")]
    [InlineData("max_position_embeddings", "1000000", "found 1000000")]
    [InlineData("max_relative_positions", "100", "at least 130, for 256 position_buckets, found 100")]
    [InlineData("position_buckets", "-1", "from 2 to 32768, found -1")]
    [InlineData("position_buckets", "255", "expected an even number, found 255")]
    [InlineData("position_buckets", null, "found none, which means no buckets")]
    [InlineData("relative_attention", "false", "expected true, found false")]
    [InlineData("relative_attention", null, "expected true, found none, which means false")]
    [InlineData("share_att_key", "false", "expected true, found false")]
    [InlineData("share_att_key", null, "expected true, found none, which means false")]
    [InlineData("norm_rel_ebd", "\"none\"", "expected \"layer_norm\"")]
    [InlineData("norm_rel_ebd", null, "expected \"layer_norm\", found none, which means none")]
    [InlineData("pos_att_type", "\"c2p\"", "expected \"p2c|c2p\" or a list of both")]
    [InlineData("pos_att_type", "[\"p2c\"]", "expected \"p2c|c2p\" or a list of both")]
    [InlineData("pos_att_type", "\"c2p|p2c|p2p\"", "expected \"p2c|c2p\" or a list of both")]
    [InlineData("pos_att_type", "[1,2]", "expected \"p2c|c2p\" or a list of both")]
    [InlineData("pos_att_type", null, "found none")]
    [InlineData("position_biased_input", "true", "expected false, found true")]
    [InlineData("position_biased_input", null, "expected false, found none, which means true")]
    [InlineData("type_vocab_size", "2", "expected 0, found 2")]
    [InlineData("attention_head_size", "32", "expected 64, found 32")]
    [InlineData("pooler_hidden_size", "768", "expected 1024, found 768")]
    [InlineData("embedding_size", "128", "expected 1024, found 128")]
    [InlineData("conv_kernel_size", "4", "expected an odd number, or 0 for none, found 4")]
    [InlineData("conv_kernel_size", "3", "expected \"gelu\", found none, which means tanh")]
    [InlineData("pad_token_id", "128100", "from 0 to 128099, found 128100")]
    [InlineData("problem_type", "\"multi_label_classification\"", "single_label_classification")]
    [InlineData("quantization_config", "{\"load_in_8bit\":true}", "expected none: the weights as floats, found an object")]
    [InlineData("id2label", "[]", "expected an object of texts")]
    [InlineData("id2label", "{}", "expected an object of texts")]
    [InlineData("id2label", "{\"0\":\"a\",\"2\":\"b\"}", "found no text for 1 among 2")]
    [InlineData("num_labels", "0", "from 1 to 1000, found 0")]
    public void Parse_ModelThatTheEngineDoesNotCompute_NamesFileAndField(string field, string? value, string expected)
    {
        var fault = Assert.Throws<PicketException>(() => DebertaV2ConfigTests.Parse(json =>
        {
            json.AsObject().Remove(field);
            if (value is not null)
            {
                json[field] = JsonNode.Parse(value);
            }
        }));

        Assert.StartsWith("config.json, field \"", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"field \"{(value == "3" ? "conv_act" : field)}\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralFaults_ReportsAllOfThem()
    {
        var fault = Assert.Throws<PicketException>(() => DebertaV2ConfigTests.Parse(static json =>
        {
            json["hidden_act"] = "relu";
            json["type_vocab_size"] = 2;
            json["share_att_key"] = false;
        }));

        string[] fields = ["hidden_act", "type_vocab_size", "share_att_key"];
        Assert.All(fields, name => Assert.Contains($"\"{name}\"", fault.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{\n\"a\":}", "line 2")]
    [InlineData("[]", "found Array")]
    [InlineData("null", "found Null")]
    [InlineData("{\"vocab_size\":1,\"vocab_size\":2}", "expected a JSON object")]
    [InlineData("{\"pos_att_type\":\"\\ud800\"}", "expected")]
    public void Parse_NoObject_SaysWhere(string json, string expected)
    {
        var fault = Assert.Throws<PicketException>(() => DebertaV2Config.Parse(Encoding.UTF8.GetBytes(json), "config.json"));

        Assert.Equal(fault.Message, fault.Message.ReplaceLineEndings(" "));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LongFile_IsRefusedUnread()
    {
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder["config.json"], new byte[(1 << 20) + 1]);

        var fault = Assert.Throws<PicketException>(() => DebertaV2Config.Read(folder["config.json"]));
        Assert.Contains("at most 1048576 bytes", fault.Message, StringComparison.Ordinal);
    }
}
