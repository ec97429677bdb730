using System.Text.Json.Serialization;

namespace Picket.Models.Routing;

/// <summary>The content of a <c>cascade.json</c>: guards in the order in which they are asked, and what stands between them.</summary>
/// <remarks>Its properties can be set because generated JSON readers lose the default of an init-only one that a file leaves out.</remarks>
public sealed record CascadeManifest
{
    /// <summary>Version of this layout; readers refuse a later one.</summary>
    public int Format { get; set; } = 1;

    /// <summary>The guards, the smallest first; one or more.</summary>
    public required IReadOnlyList<CascadeTierManifest> Tiers { get; set; }

    /// <summary>Unsafe from this probability on, in [0, 1]; <see langword="null"/> takes the deciding guard's own threshold.</summary>
    public double? Threshold { get; set; }

    /// <summary>
    /// What becomes of escalated inputs when a larger guard fails: treat-as-unsafe, use-small-verdict or throw; <see langword="null"/> leaves it to
    /// whoever makes the cascade, whose default is treat-as-unsafe.
    /// </summary>
    public string? Failure { get; set; }

    /// <summary>
    /// How long one call of a larger guard may take, in seconds, above 0; <see langword="null"/> leaves it to whoever makes the cascade.
    /// </summary>
    public double? TimeoutSeconds { get; set; }
}

/// <summary>One tier of a <c>cascade.json</c>.</summary>
public sealed record CascadeTierManifest
{
    /// <summary>A bundle's folder, relative to the file; the name of a guard that comes with Picket; or an address.</summary>
    public required string Guard { get; set; }

    /// <summary>The router's file, relative to this one; <see langword="null"/> for entropy above half a bit. The last tier has none.</summary>
    public string? Router { get; set; }

    /// <summary>The most of this tier's inputs that may go on, over <see cref="CapWindow"/> of them; <see langword="null"/> for no cap.</summary>
    public double? CapShare { get; set; }

    /// <summary>The cap's window, in inputs.</summary>
    public int CapWindow { get; set; } = 1000;
}

/// <summary>Serialisation of <see cref="CascadeManifest"/> without reflection: it is read at every start.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CascadeManifest))]
internal sealed partial class CascadeManifestJson : JsonSerializerContext;
