using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Models.NGram;

namespace Picket.Models.Bundles;

/// <summary>The content of a bundle's <c>guard.json</c>: what the guard is, which files it is made of and how it came about.</summary>
public sealed record GuardManifest
{
    /// <summary>The file's name in a bundle folder.</summary>
    public const string FileName = "guard.json";

    /// <summary>Version of this layout; readers refuse a later one.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The family of the guard: <c>ngram</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The guard's name in verdicts and reports.</summary>
    public required string Name { get; init; }

    /// <summary>The bundle's other files by name.</summary>
    public required IReadOnlyDictionary<string, BundleFile> Files { get; init; }

    /// <summary>Class names in the order of the logits; the last one is unsafe.</summary>
    public IReadOnlyList<string> Labels { get; init; } = ["safe", "unsafe"];

    /// <summary>Logits are divided by this before the softmax (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2).</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Unsafe when the probability is at least this.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Floats in a score's features.</summary>
    public int FeatureWidth { get; init; }

    /// <summary>Whether texts go through the normaliser before the guard; it was trained that way.</summary>
    public bool Normalise { get; init; } = true;

    /// <summary>Shape of an n-gram guard; <see langword="null"/> for other kinds.</summary>
    public NGramShape? Ngram { get; init; }

    /// <summary>The model card: data with SHA-256, settings, and metrics with the data they were measured on.</summary>
    public JsonElement? Training { get; init; }
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
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GuardManifest))]
internal sealed partial class GuardManifestJson : JsonSerializerContext;
