using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Models.Blend;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Models.NGram;

namespace Picket.Models.Bundles;

/// <summary>The content of a bundle's <c>guard.json</c>: what the guard is, which files it is made of and how it came about.</summary>
/// <remarks>Its properties can be set because generated JSON readers lose the default of an init-only one that a file leaves out.</remarks>
public sealed record GuardManifest
{
    /// <summary>The file's name in a bundle folder.</summary>
    public const string FileName = "guard.json";

    /// <summary>Version of this layout; readers refuse a later one.</summary>
    public int Format { get; set; } = 1;

    /// <summary>The family of the guard: <c>ngram</c>, <c>deberta-v2</c> or <c>blend</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>The guard's name in verdicts and reports.</summary>
    public required string Name { get; set; }

    /// <summary>The bundle's other files by name.</summary>
    public required IReadOnlyDictionary<string, BundleFile> Files { get; set; }

    /// <summary>Class names in the order of the logits; the second one is unsafe unless <see cref="Deberta"/> names another.</summary>
    public IReadOnlyList<string> Labels { get; set; } = ["safe", "unsafe"];

    /// <summary>Logits are divided by this before the softmax (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2).</summary>
    public double Temperature { get; set; } = 1;

    /// <summary>Unsafe when the probability is at least this.</summary>
    public double Threshold { get; set; } = 0.5;

    /// <summary>Floats in a score's features.</summary>
    public int FeatureWidth { get; set; }

    /// <summary>Whether texts go through the normaliser before the guard; it was trained that way.</summary>
    public bool Normalise { get; set; } = true;

    /// <summary>Shape of an n-gram guard; <see langword="null"/> for other kinds.</summary>
    public NGramShape? Ngram { get; set; }

    /// <summary>Tokens, windows and weights of a DeBERTa guard; <see langword="null"/> for its defaults and for other kinds.</summary>
    public DebertaV2Settings? Deberta { get; set; }

    /// <summary>
    /// Members and weights of a guard that blends others; <see langword="null"/> for other kinds. Its temperature is 1, and it leaves
    /// <see cref="Normalise"/> to its members.
    /// </summary>
    public BlendSettings? Blend { get; set; }

    /// <summary>The model card: data with SHA-256, settings, and metrics with the data they were measured on.</summary>
    public JsonElement? Training { get; set; }

    /// <summary>Reads the content of a <c>guard.json</c>.</summary>
    /// <param name="json">The content.</param>
    /// <param name="path">The file, for errors.</param>
    /// <exception cref="PicketException">It is no manifest, or one that no guard can have.</exception>
    internal static GuardManifest Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            GuardManifest manifest = JsonSerializer.Deserialize(json, GuardManifestJson.Default.GuardManifest)
                ?? throw new PicketException($"{path}: expected an object, found null");
            return manifest.Faults().FirstOrDefault() is { } fault ? throw new PicketException($"{path}, {fault}") : manifest;
        }
        catch (JsonException fault)
        {
            // The message begins with what is wrong, and for a missing field with its name; then it repeats the place, counted from 0.
            string where = fault.LineNumber is { } line ? $"{path}, line {line + 1}" : path;
            string what = $"field \"{fault.Path}\": {fault.Message.Split(" Path: ")[0]}".ReplaceLineEndings(" ");
            throw new PicketException($"{where}, {what}", fault);
        }
    }

    /// <summary>The content of the <c>guard.json</c>.</summary>
    internal byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, GuardManifestJson.Default.GuardManifest), (byte)'\n'];

    /// <summary>Every fault of the values, those of an n-gram network's shape excepted, or nothing.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Format != 1)
        {
            string reason = Format > 1 ? "a newer Picket wrote this bundle" : "there is no such format";
            yield return $"field \"format\": expected 1, found {Format}; {reason}";
        }

        if (!(Temperature > 0) || !double.IsFinite(Temperature))
        {
            yield return $"field \"temperature\": expected a number above 0, found {Temperature}";
        }

        if (Threshold is not (>= 0 and <= 1))
        {
            yield return $"field \"threshold\": expected a number from 0 to 1, found {Threshold}";
        }

        if (Labels.Any(static label => label is null))
        {
            yield return "field \"labels\": expected texts, found null";
        }

        foreach (string fault in Deberta?.Faults(Labels.Count) ?? [])
        {
            yield return $"field \"deberta\": {fault}";
        }

        foreach (string fault in Kind == BlendGuard.Kind ? BlendFaults() : [])
        {
            yield return fault;
        }

        foreach ((string name, BundleFile? file) in Files)
        {
            if (!BoundedFile.IsPlainName(name))
            {
                yield return $"field \"files\": expected names without a folder, found {JavaScriptEncoder.Default.Encode(name)}";
            }
            else if (file is null)
            {
                yield return $"field \"files\": expected SHA-256 and length of {JavaScriptEncoder.Default.Encode(name)}, found null";
            }
        }
    }

    private IEnumerable<string> BlendFaults()
    {
        if (Temperature != 1)
        {
            yield return $"field \"temperature\": expected 1 in a blend, whose members have their own, found {Temperature}";
        }

        if (Normalise)
        {
            yield return "field \"normalise\": expected false in a blend, whose members have their own, found true";
        }

        if (Labels.Count != 2)
        {
            yield return $"field \"labels\": expected two, found {Labels.Count}";
        }

        if (Blend is null)
        {
            yield return "field \"blend\": expected members, found none";
        }

        foreach (string fault in Blend?.Faults() ?? [])
        {
            yield return $"field \"blend\": {fault}";
        }
    }
}

/// <summary>One file of a bundle.</summary>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of its content.</param>
/// <param name="Bytes">Its length.</param>
public sealed record BundleFile(string Sha256, long Bytes);

/// <summary>Serialisation of <see cref="GuardManifest"/> without reflection: it is read at every start.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GuardManifest))]
internal sealed partial class GuardManifestJson : JsonSerializerContext;
