using System.Text.Json;
using Picket.Models.DebertaV2;

namespace Picket.Models.Tests.DebertaV2;

public sealed class DebertaV2ConfigWriterTests
{
    private static readonly DebertaV2Config s_odd = new()
    {
        VocabSize = 8123,
        HiddenSize = 96,
        Layers = 3,
        Heads = 6,
        IntermediateSize = 200,
        LayerNormEpsilon = 3e-6f,
        MaxPositions = 300,
        MaxRelativePositions = 200,
        PositionBuckets = 32,
        ConvKernelSize = 3,
        PadTokenId = 2,
        Labels = ["fine \"quoted\"", "not fine"],
    };

    [Fact]
    public void Write_OddShape_IsReadBackAsItIs()
    {
        DebertaV2Config read = DebertaV2Config.Parse(DebertaV2ConfigWriter.Write(s_odd), "config.json");

        Assert.Equal(s_odd with { Labels = read.Labels }, read);
        Assert.Equal(s_odd.Labels, read.Labels);
    }

    [Fact]
    public void Write_PublishedShape_HasItsFields()
    {
        byte[] json = DebertaV2ConfigWriter.Write(DebertaV2Config.Large, hiddenDropout: 0.25f);

        using var written = JsonDocument.Parse(json);
        using var published = JsonDocument.Parse(DebertaV2ConfigTests.Large);
        foreach (JsonProperty field in published.RootElement.EnumerateObject().Where(static field => field.Name != "hidden_dropout_prob"))
        {
            Assert.True(written.RootElement.TryGetProperty(field.Name, out JsonElement value), field.Name);
            Assert.True(JsonElement.DeepEquals(Normal(field.Value), Normal(value)), field.Name);
        }

        Assert.Equal(0.25, written.RootElement.GetProperty("hidden_dropout_prob").GetDouble());
        Assert.Equal("DebertaV2ForSequenceClassification", written.RootElement.GetProperty("architectures")[0].GetString());

        // Numbers compare by their text: 1e-7 and 1E-07 are one.
        static JsonElement Normal(JsonElement value) =>
            value.ValueKind == JsonValueKind.Number ? JsonSerializer.SerializeToElement(value.GetDouble()) : value;
    }

    [Fact]
    public void Write_Labels_AreNamedBothWays()
    {
        using var json = JsonDocument.Parse(DebertaV2ConfigWriter.Write(s_odd));

        Assert.Equal("not fine", json.RootElement.GetProperty("id2label").GetProperty("1").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("label2id").GetProperty("not fine").GetInt32());
    }
}
