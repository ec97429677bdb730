using Picket.Models.Bundles;

namespace Picket.Models.DebertaV2;

/// <summary>Brings together what a bundle says of a DeBERTa guard in <c>guard.json</c> and in <c>config.json</c>.</summary>
public static class DebertaV2Bundle
{
    /// <summary>Reads the configuration and checks it and the settings against each other.</summary>
    /// <returns>
    /// The configuration, and the settings (defaults where <c>guard.json</c> has none) with <see cref="DebertaV2Settings.MaxTokens"/> filled in.
    /// </returns>
    /// <exception cref="PicketException">A file is absent or damaged, or they contradict each other.</exception>
    public static (DebertaV2Config Config, DebertaV2Settings Settings) Read(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        string manifest = Path.Combine(bundle.Folder, GuardManifest.FileName);
        DebertaV2Config config =
            DebertaV2Config.Parse(bundle.Read(DebertaV2Config.FileName), Path.Combine(bundle.Folder, DebertaV2Config.FileName));
        DebertaV2Settings settings = bundle.Manifest.Deberta ?? HuggingFaceFolder.Settings(config);
        if (settings.MaxTokens > config.MaxPositions)
        {
            throw new PicketException(
                $"{manifest}, field \"deberta\": max_tokens: expected at most max_position_embeddings of {DebertaV2Config.FileName}, "
                + $"{config.MaxPositions}, found {settings.MaxTokens}");
        }

        if (bundle.Manifest.Labels.Count != config.Labels.Count)
        {
            throw new PicketException(
                $"{manifest}, field \"labels\": expected {config.Labels.Count}, as {DebertaV2Config.FileName} has, "
                + $"found {bundle.Manifest.Labels.Count}");
        }

        settings = settings with { MaxTokens = settings.MaxTokens ?? config.MaxPositions };
        return settings.Faults(config.Labels.Count).FirstOrDefault() is { } fault
            ? throw new PicketException($"{manifest}, field \"deberta\": {fault}")
            : (config, settings);
    }
}
