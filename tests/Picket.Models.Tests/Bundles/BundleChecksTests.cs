using System.Text.Json.Nodes;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;

namespace Picket.Models.Tests.Bundles;

/// <summary>What is checked of a bundle's files, and when.</summary>
public sealed class BundleChecksTests : IDisposable
{
    private const string Big = "big.bin";
    private readonly DebertaFolder _folder = new(new DebertaV2Settings());

    [Fact]
    public void Locate_SmallFileExchanged_IsRefused()
    {
        Spoil(TensorSource.FileName);

        AssertRefused(static bundle => bundle.Locate(TensorSource.FileName), _folder[TensorSource.FileName], "expected SHA-256");
        AssertRefused(static bundle => bundle.OpenWeights(), _folder[TensorSource.FileName], "expected SHA-256");
    }

    [Fact]
    public void Locate_LargeFileOfTheRightLength_IsNotHashedUnlessVerified()
    {
        WriteBig(Bundle.AlwaysHashed + 1);

        Assert.Equal(_folder[Big], Bundle.Open(_folder.Path).Locate(Big));
        AssertRefused(static bundle => bundle.Verify(), _folder[Big], "expected SHA-256 00");
    }

    [Fact]
    public void Locate_LargeFileOfAnotherLength_IsRefused()
    {
        WriteBig(Bundle.AlwaysHashed + 1);
        using (FileStream file = File.OpenWrite(_folder[Big]))
        {
            file.SetLength(Bundle.AlwaysHashed + 2);
        }

        AssertRefused(static bundle => bundle.Locate(Big), _folder[Big], "expected 67108865 bytes, found 67108866");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Locate_FileMissing_NamesIt(bool large)
    {
        WriteBig(large ? Bundle.AlwaysHashed + 1 : 1);
        File.Delete(_folder[Big]);

        AssertRefused(static bundle => bundle.Locate(Big), _folder[Big], "guard.json names this file, and it cannot be read");
        AssertRefused(static bundle => bundle.Verify(), _folder[Big], "cannot be read");
    }

    [Fact]
    public void Locate_FileThatIsNotListed_NamesTheField()
    {
        File.WriteAllText(_folder["extra.txt"], "x");

        AssertRefused(static bundle => bundle.Locate("extra.txt"), _folder[GuardManifest.FileName], "expected an entry for extra.txt");
        Assert.False(Bundle.Open(_folder.Path).Has("extra.txt"));
    }

    [Fact]
    public void Verify_SoundBundle_Passes() => Bundle.Open(_folder.Path).Verify(TestContext.Current.CancellationToken);

    [Fact]
    public void Verify_Cancelled_Stops()
    {
        Assert.Throws<OperationCanceledException>(() => Bundle.Open(_folder.Path).Verify(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void OpenWeights_ShardExchanged_IsRefused()
    {
        byte[] shard = File.ReadAllBytes(_folder[TensorSource.FileName]);
        GuardManifest manifest = Bundle.Open(_folder.Path).Manifest;
        Bundle.Write(_folder.Path, manifest, new Dictionary<string, byte[]>
        {
            [TensorSource.IndexFileName] = """{"weight_map":{"t":"s1.safetensors"}}"""u8.ToArray(),
            ["s1.safetensors"] = shard,
        });
        using (TensorSource weights = Bundle.Open(_folder.Path).OpenWeights())
        {
            Assert.Equal([5f], weights.ReadFloats("t", 1));
        }

        Spoil("s1.safetensors");

        AssertRefused(static bundle => bundle.OpenWeights(), _folder["s1.safetensors"], "expected SHA-256");
    }

    [Fact]
    public void Write_StreamedFile_HasItsLengthAndHash()
    {
        Bundle.Write(_folder.Path, Bundle.Open(_folder.Path).Manifest, new Dictionary<string, Action<Stream>>
        {
            ["a.bin"] = static stream =>
            {
                stream.WriteByte(1);
                stream.WriteByte(2);
            },
        });

        Bundle bundle = Bundle.Open(_folder.Path);
        Assert.Equal([1, 2], bundle.Read("a.bin"));
        bundle.Verify(TestContext.Current.CancellationToken);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    [Fact]
    public void Write_WriterThatFails_LeavesTheBundleThatStandsThere()
    {
        GuardManifest manifest = Bundle.Open(_folder.Path).Manifest;

        Assert.Throws<IOException>(() => Bundle.Write(_folder.Path, manifest, new Dictionary<string, Action<Stream>>
        {
            [TensorSource.FileName] = static _ => throw new IOException("full"),
        }));

        Bundle.Open(_folder.Path).Verify(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();

    private void AssertRefused(Action<Bundle> action, params string[] expected)
    {
        var fault = Assert.Throws<PicketException>(() => action(Bundle.Open(_folder.Path)));
        Assert.All(expected, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    private void Spoil(string name)
    {
        byte[] content = File.ReadAllBytes(_folder[name]);
        content[^1] ^= 1;
        File.WriteAllBytes(_folder[name], content);
    }

    /// <summary>Lists a sparse file of zeros under a hash that is not its own.</summary>
    private void WriteBig(long length)
    {
        using FileStream file = File.Create(_folder[Big]);
        file.SetLength(length);
        _folder.With(GuardManifest.FileName, json => json["files"]![Big] = new JsonObject { ["sha256"] = new string('0', 64), ["bytes"] = length });
    }
}
