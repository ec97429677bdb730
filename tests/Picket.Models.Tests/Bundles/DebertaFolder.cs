using System.Text.Json.Nodes;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Models.Tests.DebertaV2;
using Picket.Testing;

namespace Picket.Models.Tests.Bundles;

/// <summary>A folder as Hugging Face publishes models, with one small tensor, or a bundle made of it.</summary>
internal sealed class DebertaFolder : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public DebertaFolder(DebertaV2Settings? settings = null)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(this[DebertaV2Config.FileName], DebertaV2ConfigTests.Large);
        using (FileStream file = File.Create(this[TensorSource.FileName]))
        {
            Safetensors.Write(file, new Dictionary<string, Tensor> { ["t"] = Tensor.From([5f], 1) });
        }

        if (settings is not null)
        {
            var manifest = new GuardManifest { Kind = "deberta-v2", Name = "d", Files = new Dictionary<string, BundleFile>(), Deberta = settings };
            Bundle.Write(Path, manifest, new Dictionary<string, byte[]>
            {
                [DebertaV2Config.FileName] = File.ReadAllBytes(this[DebertaV2Config.FileName]),
                [TensorSource.FileName] = File.ReadAllBytes(this[TensorSource.FileName]),
            });
        }
    }

    public string Path => _scratch["my-guard"];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Changes one of the folder's JSON files.</summary>
    public DebertaFolder With(string file, Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(this[file]))!;
        change(json);
        File.WriteAllText(this[file], json.ToJsonString());
        return this;
    }

    public void Dispose() => _scratch.Dispose();
}
