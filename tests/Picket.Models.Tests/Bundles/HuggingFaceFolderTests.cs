using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;

namespace Picket.Models.Tests.Bundles;

public sealed class HuggingFaceFolderTests : IDisposable
{
    private readonly DebertaFolder _folder = new();

    [Fact]
    public void Open_PlainFolder_GivesTheDefaults()
    {
        GuardManifest manifest = Bundle.Open(_folder.Path).Manifest;

        Assert.Equal(("deberta-v2", "my-guard", 1024), (manifest.Kind, manifest.Name, manifest.FeatureWidth));
        Assert.Equal((1.0, 0.5, false, 1), (manifest.Temperature, manifest.Threshold, manifest.Normalise, manifest.Deberta!.UnsafeLabel));
        Assert.Equal(["LABEL_0", "LABEL_1"], manifest.Labels);
    }

    [Fact]
    public void Open_PathThatEndsInASeparator_HasTheFoldersName()
    {
        Assert.Equal("my-guard", Bundle.Open(_folder.Path + Path.DirectorySeparatorChar).Manifest.Name);
    }

    [Fact]
    public void OpenWeights_PlainFolder_GivesTheTensors()
    {
        using TensorSource weights = Bundle.Open(_folder.Path).OpenWeights();

        Assert.Equal([5f], weights.ReadFloats("t", 1));
    }

    [Fact]
    public void Read_FileThatIsAbsent_NamesIt()
    {
        Bundle bundle = Bundle.Open(_folder.Path);

        Assert.False(bundle.Has("spm.model"));
        Assert.Contains(_folder["spm.model"], Assert.Throws<PicketException>(() => bundle.Read("spm.model")).Message, StringComparison.Ordinal);
        Assert.Contains(_folder["spm.model"], Assert.Throws<PicketException>(() => bundle.Locate("spm.model")).Message, StringComparison.Ordinal);
        Assert.Throws<PicketException>(() => bundle.Read("../my-guard/config.json"));
    }

    [Fact]
    public void Open_OtherThanTwoClasses_AsksForAManifest()
    {
        _folder.With(DebertaV2Config.FileName, static json => json["num_labels"] = 3);

        var fault = Assert.Throws<PicketException>(() => Bundle.Open(_folder.Path));

        Assert.Contains("field \"id2label\": expected two classes, the second one unsafe, found 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherModel_NamesTheField()
    {
        _folder.With(DebertaV2Config.FileName, static json => json["model_type"] = "bert");

        Assert.Contains("field \"model_type\"", Assert.Throws<PicketException>(() => Bundle.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PlainFolder_TakesTheTokensFromTheConfiguration()
    {
        _folder.With(DebertaV2Config.FileName, static json => json["max_position_embeddings"] = 1024);

        (DebertaV2Config config, DebertaV2Settings settings) = DebertaV2Bundle.Read(Bundle.Open(_folder.Path));

        Assert.Equal((1024, 1024), (config.MaxPositions, settings.MaxTokens));
    }

    public void Dispose() => _folder.Dispose();
}
