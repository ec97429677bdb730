using System.Text.Json.Nodes;
using Picket.Models.Bundles;
using Picket.Models.Formats;
using Picket.Models.NGram;
using Picket.Models.Tests.NGram;
using Picket.Testing;

namespace Picket.Models.Tests.Bundles;

/// <summary>A sound bundle with a small random network, for a test to spoil.</summary>
internal sealed class BundleFolder : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public BundleFolder()
        : this(RandomNetwork.Tensors())
    {
    }

    public BundleFolder(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var weights = new MemoryStream();
        Safetensors.Write(weights, tensors);
        Bundle.Write(Path, RandomNetwork.Manifest, new Dictionary<string, byte[]> { [NGramGuard.WeightsFile] = weights.ToArray() });
    }

    public string Path => _scratch["guard"];

    public string Manifest => this[GuardManifest.FileName];

    public string Weights => this[NGramGuard.WeightsFile];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Changes <c>guard.json</c>.</summary>
    public BundleFolder With(Action<JsonNode> change)
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Manifest))!;
        change(manifest);
        File.WriteAllText(Manifest, manifest.ToJsonString());
        return this;
    }

    /// <summary>Asserts that the guard cannot be loaded, with one line that holds every part.</summary>
    public void AssertRefused(params string[] parts)
    {
        var fault = Assert.Throws<PicketException>(() => GuardLoader.LoadAsync(Path).AsTask().GetAwaiter().GetResult());
        Assert.Equal(fault.Message, fault.Message.ReplaceLineEndings(" "));
        Assert.All(parts, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    public void Dispose() => _scratch.Dispose();
}
