using System.Text.Json;
using Picket.Models.Bundles;
using Picket.Training.NGram;

namespace Picket.Training.Blending;

/// <summary>What a guard's model card says of the rows it learned from.</summary>
/// <param name="Path">The <c>guard.json</c>.</param>
/// <param name="HeldOutShare">The share that it held out; <see langword="null"/> where the card does not say.</param>
/// <param name="Data">SHA-256 of the files that it learned from.</param>
internal sealed record MemberOrigin(string Path, double? HeldOutShare, IReadOnlySet<string> Data)
{
    /// <summary>Reads the card of a bundle: of <c>train ngram</c>, of <c>distil</c>, or one that says neither.</summary>
    public static MemberOrigin Of(Bundle bundle) => Of(bundle.Manifest, System.IO.Path.Combine(bundle.Folder, GuardManifest.FileName));

    /// <summary>Reads the card of a manifest that stands in <paramref name="path"/>.</summary>
    public static MemberOrigin Of(GuardManifest manifest, string path)
    {
        JsonElement? card = manifest.Training;
        JsonElement? settings = Field(card, "settings");
        JsonElement? share = Field(settings, "held_out_share") ?? Field(Field(settings, "training"), "held_out_share");
        IEnumerable<JsonElement> data = Field(card, "data") is { ValueKind: JsonValueKind.Array } files ? files.EnumerateArray() : [];
        return new MemberOrigin(
            path,
            share is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null,
            data.Select(static file => Field(file, "sha256")).OfType<JsonElement>().Where(static hash => hash.ValueKind == JsonValueKind.String)
                .Select(static hash => hash.GetString()!).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Why rows of these files would be rows that the guard learned from; <see langword="null"/> where nothing says so.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="heldOutOnly">The held-out share that the rows are from, if any.</param>
    public string? Objection(IEnumerable<DataSource> sources, double? heldOutOnly)
    {
        DataSource? learned = sources.FirstOrDefault(source => Data.Contains(source.Sha256));
        return (heldOutOnly, HeldOutShare) switch
        {
            (null, _) when learned is not null =>
                $"{Path}, field \"training\": the guard learned from {learned.Name}; expected rows that no member learned from, "
                + $"such as those it held out{(HeldOutShare is { } share ? $" (held-out-only up to {share})" : "")}",
            ({ } wanted, { } held) when held < wanted =>
                $"{Path}, field \"training\": expected a held-out share of at least {wanted}, found {held}: "
                + "the guard learned from a part of these rows",
            ({ }, null) when learned is not null =>
                $"{Path}, field \"training\": the guard learned from {learned.Name}; expected its held-out share, found none",
            _ => null,
        };
    }

    private static JsonElement? Field(JsonElement? from, string name) =>
        from is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out JsonElement value) ? value : null;
}
