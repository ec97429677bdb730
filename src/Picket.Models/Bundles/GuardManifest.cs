using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    /// <summary>The family of the guard: <c>ngram</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>The guard's name in verdicts and reports.</summary>
    public required string Name { get; set; }

    /// <summary>The bundle's other files by name.</summary>
    public required IReadOnlyDictionary<string, BundleFile> Files { get; set; }

    /// <summary>Class names in the order of the logits; the last one is unsafe.</summary>
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

    /// <summary>The model card: data with SHA-256, settings, and metrics with the data they were measured on.</summary>
    public JsonElement? Training { get; set; }

    /// <summary>Every fault of the values that concern guards of any kind, or nothing.</summary>
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

        foreach ((string name, BundleFile? file) in Files)
        {
            // A name is all that a file has: a path would read outside the bundle.
            if (name is "" or "." or ".." || name.AsSpan().IndexOfAny('/', '\\', ':') >= 0)
            {
                yield return $"field \"files\": expected names without a folder, found {JavaScriptEncoder.Default.Encode(name)}";
            }
            else if (file is null)
            {
                yield return $"field \"files\": expected SHA-256 and length of {JavaScriptEncoder.Default.Encode(name)}, found null";
            }
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
