using System.Text.Json.Nodes;
using Picket.Models.Blend;
using Picket.Models.Bundles;
using Picket.Models.Formats;
using Picket.Models.NGram;
using Picket.Models.Tests.NGram;
using Picket.Testing;

namespace Picket.Models.Tests.Blend;

/// <summary>A sound blend of two small random n-gram guards, a and b, for a test to spoil.</summary>
internal sealed class BlendFolder : IDisposable
{
    public const double Offset = -0.3;

    public static readonly double[] Weights = [0.7, 0.2];

    public BlendFolder(bool link = false, bool inMemory = false)
    {
        Scratch = new ScratchFolder(inMemory);
        WriteMember(Scratch["a"], 1);
        WriteMember(Scratch["b"], 2);
        BlendWriter.Write(Path, Named, [(Scratch["a"], Weights[0]), (Scratch["b"], Weights[1])], Offset, link);
    }

    /// <summary>What a blend is written with.</summary>
    public static GuardManifest Named { get; } = new()
    {
        Kind = BlendGuard.Kind,
        Name = "both",
        Files = new Dictionary<string, BundleFile>(),
        Threshold = 0.6,
    };

    public ScratchFolder Scratch { get; }

    public string Path => Scratch["blend"];

    public string Manifest => System.IO.Path.Combine(Path, GuardManifest.FileName);

    public static void WriteMember(string folder, int seed)
    {
        using var weights = new MemoryStream();
        Safetensors.Write(weights, RandomNetwork.Tensors(seed));
        GuardManifest manifest = RandomNetwork.Manifest with { Name = $"random {seed}" };
        Bundle.Write(folder, manifest, new Dictionary<string, byte[]> { [NGramGuard.WeightsFile] = weights.ToArray() });
    }

    /// <summary>Changes the blend's <c>guard.json</c>.</summary>
    public void With(Action<JsonNode> change)
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Manifest))!;
        change(manifest);
        File.WriteAllText(Manifest, manifest.ToJsonString());
    }

    /// <summary>Asserts that the guard cannot be loaded, with one line that holds every part.</summary>
    public void AssertRefused(params string[] parts)
    {
        var fault = Assert.Throws<PicketException>(() => GuardLoader.LoadAsync(Path).AsTask().GetAwaiter().GetResult());
        Assert.Equal(fault.Message, fault.Message.ReplaceLineEndings(" "));
        Assert.All(parts, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    public void Dispose() => Scratch.Dispose();
}
