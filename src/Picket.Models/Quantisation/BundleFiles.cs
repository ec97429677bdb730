using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;

namespace Picket.Models.Quantisation;

/// <summary>The files of a guard that a quantised one takes over as they are.</summary>
internal static class BundleFiles
{
    private static readonly string[] s_plain = [DebertaV2Config.FileName, BundleTokenizer.SentencePieceName, BundleTokenizer.JsonName];

    /// <summary>Everything that the manifest names but the weights; of a folder of Hugging Face's, the configuration and the tokenizer.</summary>
    public static Dictionary<string, Action<Stream>> CopyOf(Bundle bundle) =>
        s_plain.Where(bundle.Has)
            .Union(bundle.Manifest.Files.Keys.Where(static name => !IsWeights(name)))
            .ToDictionary(static name => name, name => new Action<Stream>(stream => stream.Write(bundle.Read(name))), StringComparer.Ordinal);

    private static bool IsWeights(string name) =>
        name.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) || name == TensorSource.IndexFileName;
}
