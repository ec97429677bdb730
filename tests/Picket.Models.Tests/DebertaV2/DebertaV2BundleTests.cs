using System.Text.Json.Nodes;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Tests.Bundles;

namespace Picket.Models.Tests.DebertaV2;

public sealed class DebertaV2BundleTests
{
    [Fact]
    public void Read_WrittenSettings_GivesTheSame()
    {
        var settings = new DebertaV2Settings(
            256, 32, "sentencepiece", UnsafeLabel: 0, "int8", new Dictionary<string, string> { ["layer.0"] = "error 0.2 against 0.01" });
        using var folder = new DebertaFolder(settings);

        (_, DebertaV2Settings read) = DebertaV2Bundle.Read(Bundle.Open(folder.Path));

        Assert.Equal(settings.Fp32Layers, read.Fp32Layers);
        Assert.Equal(settings with { Fp32Layers = null }, read with { Fp32Layers = null });
    }

    [Fact]
    public void Read_EmptySection_HasTheDefaults()
    {
        using var folder = new DebertaFolder(new DebertaV2Settings());
        folder.With(GuardManifest.FileName, static json => json["deberta"] = new JsonObject());

        Assert.Equal(new DebertaV2Settings(MaxTokens: 512), DebertaV2Bundle.Read(Bundle.Open(folder.Path)).Settings);
    }

    [Theory]
    [InlineData("max_tokens", "513", "max_tokens: expected at most max_position_embeddings of config.json, 512, found 513")]
    [InlineData("max_tokens", "7", "max_tokens: expected at least 8, found 7")]
    [InlineData("max_tokens", "\"x\"", "max_tokens")]
    [InlineData("overlap_tokens", "-1", "overlap_tokens: expected 0 or more, found -1")]
    [InlineData("overlap_tokens", "257", "overlap_tokens: expected 0 to 256, half a window, found 257")]
    [InlineData("tokenizer", "\"bpe\"", "tokenizer: expected one of huggingface-fast, huggingface-slow, sentencepiece")]
    [InlineData("tokenizer", "null", "tokenizer")]
    [InlineData("unsafe_label", "2", "unsafe_label: expected 0 to 1, found 2")]
    [InlineData("unsafe_label", "-1", "unsafe_label: expected 0 to 1, found -1")]
    [InlineData("weights", "\"int4\"", "weights: expected one of fp32, fp16, int8")]
    public void Read_BadSetting_NamesFileAndField(string field, string value, string expected)
    {
        using var folder = new DebertaFolder(new DebertaV2Settings());
        folder.With(GuardManifest.FileName, json => json["deberta"]![field] = JsonNode.Parse(value));

        var fault = Assert.Throws<PicketException>(() => DebertaV2Bundle.Read(Bundle.Open(folder.Path)));

        Assert.StartsWith(folder[GuardManifest.FileName], fault.Message, StringComparison.Ordinal);
        Assert.Contains("deberta", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\"a\",\"b\",\"c\"]", "expected 2, as config.json has, found 3")]
    [InlineData("[\"a\",null]", "expected texts, found null")]
    public void Read_OtherLabels_NamesTheField(string labels, string expected)
    {
        using var folder = new DebertaFolder(new DebertaV2Settings());
        folder.With(GuardManifest.FileName, json => json["labels"] = JsonNode.Parse(labels));

        var fault = Assert.Throws<PicketException>(() => DebertaV2Bundle.Read(Bundle.Open(folder.Path)));

        Assert.Contains($"field \"labels\": {expected}", fault.Message, StringComparison.Ordinal);
    }
}
