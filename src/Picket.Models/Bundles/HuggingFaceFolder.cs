using Picket.Models.DebertaV2;

namespace Picket.Models.Bundles;

/// <summary>A folder as Hugging Face publishes models, without a <c>guard.json</c>, as a bundle with the defaults.</summary>
internal static class HuggingFaceFolder
{
    /// <summary>Whether the folder is one: it has a <c>config.json</c>.</summary>
    public static bool Is(string folder) => File.Exists(Path.Combine(folder, DebertaV2Config.FileName));

    /// <summary>
    /// The manifest of defaults. The texts are not normalised: the scores are to equal the original's, whose tokenizer does what it does.
    /// </summary>
    /// <exception cref="PicketException">The model is of another type than the engine computes, or is no classifier with two classes.</exception>
    public static GuardManifest Manifest(string folder)
    {
        string path = Path.Combine(folder, DebertaV2Config.FileName);
        DebertaV2Config config = DebertaV2Config.Read(path);
        if (config.Labels.Count != 2)
        {
            throw new PicketException(
                $"{path}, field \"id2label\": expected two classes, the second one unsafe, found {config.Labels.Count}; a {GuardManifest.FileName} "
                + "with labels and deberta.unsafe_label says which counts");
        }

        return new GuardManifest
        {
            Kind = DebertaV2Config.ModelType,
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Files = new Dictionary<string, BundleFile>(),
            Labels = config.Labels,
            FeatureWidth = config.HiddenSize,
            Normalise = false,
            Deberta = Settings(config),
        };
    }

    /// <summary>The default settings, with an overlap that the model's window has room for.</summary>
    public static DebertaV2Settings Settings(DebertaV2Config config)
    {
        var settings = new DebertaV2Settings();
        return settings with { OverlapTokens = Math.Min(settings.OverlapTokens, config.MaxPositions / 2) };
    }
}
