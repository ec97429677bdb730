using System.Text;
using Picket.Models.Bundles;
using Picket.Models.NGram;
using Picket.Models.Tests.NGram;

namespace Picket.Models.Tests.Bundles;

public sealed class BundleTests : IDisposable
{
    private readonly BundleFolder _folder = new();

    [Fact]
    public void Open_WrittenBundle_GivesTheSameManifest()
    {
        GuardManifest manifest = Bundle.Open(_folder.Path).Manifest;

        Assert.Equal(RandomNetwork.Manifest with { Files = manifest.Files, Labels = manifest.Labels }, manifest);
        Assert.Equal(["safe", "unsafe"], manifest.Labels);
        Assert.Equal([NGramGuard.WeightsFile], manifest.Files.Keys);
    }

    [Fact]
    public void Read_WrittenFile_GivesItsContent()
    {
        Assert.Equal(File.ReadAllBytes(_folder.Weights), Bundle.Open(_folder.Path).Read(NGramGuard.WeightsFile));
    }

    [Fact]
    public void Write_Twice_ReplacesTheFirstAndLeavesNoTemporaryFile()
    {
        Bundle.Write(_folder.Path, RandomNetwork.Manifest with { Name = "second" }, new Dictionary<string, byte[]> { ["a.bin"] = [1, 2] });

        Bundle bundle = Bundle.Open(_folder.Path);
        Assert.Equal("second", bundle.Manifest.Name);
        Assert.Equal([1, 2], bundle.Read("a.bin"));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    [Fact]
    public void Open_OptionalFieldsAbsent_TakesTheDefaults()
    {
        File.WriteAllText(_folder.Manifest, """{"kind":"ngram","name":"n","files":{},"ngram":{"hidden":8}}""");

        GuardManifest manifest = Bundle.Open(_folder.Path).Manifest;

        Assert.Equal((1, 1.0, 0.5, true), (manifest.Format, manifest.Temperature, manifest.Threshold, manifest.Normalise));
        Assert.Equal(["safe", "unsafe"], manifest.Labels);
        Assert.Equal(new NGramShape { Hidden = 8 }, manifest.Ngram);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("..\\x")]
    [InlineData("/etc/hostname")]
    [InlineData("C:x")]
    [InlineData("sub/x")]
    [InlineData("..")]
    [InlineData("")]
    public void Open_FileNameThatLeavesTheFolder_IsRefused(string name)
    {
        _folder.With(json => json["files"]![name] = json["files"]![NGramGuard.WeightsFile]!.DeepClone());

        _folder.AssertRefused(_folder.Manifest, "field \"files\": expected names without a folder");
    }

    [Fact]
    public void Write_FileNameThatLeavesTheFolder_IsRefusedAndWritesNothing()
    {
        Assert.Throws<ArgumentException>(() => Bundle.Write(_folder.Path, RandomNetwork.Manifest, new Dictionary<string, byte[]> { ["../x"] = [1] }));

        Assert.False(File.Exists(_folder["../x"]));
        Assert.Equal([NGramGuard.WeightsFile], Bundle.Open(_folder.Path).Manifest.Files.Keys);
    }

    [Fact]
    public void Open_EveryByteOfTheManifestDamaged_GivesManifestOrPicketException()
    {
        byte[] sound = File.ReadAllBytes(_folder.Manifest);
        var random = new Random(5);
        for (int at = 0; at < sound.Length; at++)
        {
            byte[] damaged = [.. sound];
            damaged[at] = (byte)random.Next(256);
            File.WriteAllBytes(_folder.Manifest, damaged);
            Exception? fault = Record.Exception(() => Bundle.Open(_folder.Path));
            Assert.True(fault is null or PicketException, $"byte {at}: {fault}");
            Assert.DoesNotContain("\n", fault?.Message ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_BrokenJson_NamesFileAndLine()
    {
        File.WriteAllBytes(_folder.Manifest, Encoding.UTF8.GetBytes("{\n  \"kind\": \"ngram\",\n  oops\n}"));

        _folder.AssertRefused($"{_folder.Manifest}, line 3");
    }

    public void Dispose() => _folder.Dispose();
}
