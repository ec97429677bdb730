using Picket.Models.Formats;
using Picket.Models.Routing;
using Picket.Testing;

namespace Picket.Models.Tests.Routing;

public sealed class RouterFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData(RouterKinds.Entropy)]
    [InlineData(RouterKinds.Random)]
    [InlineData(RouterKinds.Always)]
    [InlineData(RouterKinds.Never)]
    public void Load_PlainRouter_DecidesAsItWasSaved(string kind)
    {
        RouterModel model = RouterModel.Plain(kind);
        RouterFile.Save(_folder["r.json"], model);

        var score = new GuardScore(0.4);
        Assert.Equal(model.CreateRouter().Decide(score), RouterFile.Load(_folder["r.json"]).CreateRouter().Decide(score));
        Assert.False(File.Exists(_folder["r.safetensors"]));
    }

    [Fact]
    public void Load_LearnedRouter_KeepsNetworkRegionAndPromise()
    {
        RouterModel model = Learned().With("budget", RouteCalibrator.ForBudget(
            [.. Enumerable.Range(0, 500).Select(static i => i / 500.0)], new GuaranteeOptions { Limit = 0.25, Horizon = 1000 }));
        RouterFile.Save(_folder["r.json"], model);

        RouterModel loaded = RouterFile.Load(_folder["r.json"]);

        Assert.Equal(model.Manifest.Calibration, loaded.Manifest.Calibration);
        Assert.Equal(model.Manifest.Threshold, loaded.Manifest.Threshold);
        foreach (float x in new[] { -3f, 0.2f, 9f })
        {
            var score = new GuardScore(0.4, new[] { x, 1f });
            Assert.Equal(model.CreateRouter().Decide(score), loaded.CreateRouter().Decide(score));
        }
    }

    [Fact]
    public void CreateRouter_SamplesOfTheSamePosterior_RepeatAndSpread()
    {
        RouterModel model = Learned();
        model = model with { Manifest = model.Manifest with { Samples = 400 } };
        var score = new GuardScore(0.4, new[] { 0.5f, -0.5f });

        RouteDecision decision = model.CreateRouter().Decide(score);

        // The mean logit is 1.2 x 0.4 - 0.6 x 0.6 + 0.28, its deviation 0.1 sqrt(0.4² + 0.6² + 1).
        Assert.Equal(decision, model.CreateRouter().Decide(score));
        Assert.InRange(decision.HardProbability, 0.59, 0.62);
        Assert.InRange(decision.Spread, 0.1 * 1.23 * 0.24 * 0.9, 0.1 * 1.23 * 0.24 * 1.1);
    }

    [Fact]
    public void Load_ChangedWeights_IsRefused()
    {
        RouterFile.Save(_folder["r.json"], Learned());
        byte[] bytes = File.ReadAllBytes(_folder["r.safetensors"]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(_folder["r.safetensors"], bytes);

        PicketException fault = Assert.Throws<PicketException>(() => RouterFile.Load(_folder["r.json"]));
        Assert.Contains("expected SHA-256", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "format": 2, "kind": "never" }""", "field \"format\": expected 1, found 2")]
    [InlineData("""{ "kind": "guess" }""", "field \"kind\"")]
    [InlineData("""{ "kind": "entropy", "threshold": 1.5 }""", "field \"threshold\": expected -1 to 1")]
    [InlineData("""{ "kind": "bayes" }""", "field \"weights\"")]
    [InlineData("""{ "threshold": 0.5 }""", "kind")]
    [InlineData("[", "line 1")]
    public void Load_UnfitManifest_NamesTheField(string json, string expected)
    {
        File.WriteAllText(_folder["r.json"], json);

        PicketException fault = Assert.Throws<PicketException>(() => RouterFile.Load(_folder["r.json"]));
        Assert.StartsWith(_folder["r.json"], fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_TensorOfAnotherShape_IsRefusedBeforeAnythingIsWritten()
    {
        RouterModel model = Learned();
        model = model with { Manifest = model.Manifest with { FeatureWidth = 3 } };

        Assert.Throws<PicketException>(() => RouterFile.Save(_folder["r.json"], model));
        Assert.False(File.Exists(_folder["r.json"]));
    }

    public void Dispose() => _folder.Dispose();

    private static RouterModel Learned() => new(
        new RouterManifest { Kind = RouterKinds.Bayes, FeatureWidth = 2, RegionLimit = 16, RegionRest = 1 },
        new Dictionary<string, Tensor>
        {
            ["layers.0.weight"] = Tensor.From([1.2f, 0.6f], 1, 2),
            ["layers.0.weight.deviation"] = Tensor.From([0.1f, 0.1f], 1, 2),
            ["layers.0.bias"] = Tensor.From([0.28f], 1),
            ["layers.0.bias.deviation"] = Tensor.From([0.1f], 1),
            ["inputs.mean"] = Tensor.From([0.1f, 0.1f], 2),
            ["region.mean"] = Tensor.From([0f, 0f], 2),
            ["region.directions"] = Tensor.From([1f, 0f], 1, 2),
            ["region.variances"] = Tensor.From([2f], 1),
        });
}
