using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Models.Bundles;

namespace Picket.Models.Routing;

/// <summary>The content of a router's <c>.json</c>: what it is, its threshold and how it came about.</summary>
/// <remarks>Its properties can be set because generated JSON readers lose the default of an init-only one that a file leaves out.</remarks>
public sealed record RouterManifest
{
    /// <summary>Version of this layout; readers refuse a later one.</summary>
    public int Format { get; set; } = 1;

    /// <summary>One of <see cref="RouterKinds.All"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>The router's name in verdicts and reports; <see langword="null"/> for its kind.</summary>
    public string? Name { get; set; }

    /// <summary>The guard whose scores it reads; for people.</summary>
    public string? Guard { get; set; }

    /// <summary>Floats in that guard's features that it reads; 0 for none.</summary>
    public int FeatureWidth { get; set; }

    /// <summary>Whether the network reads the score itself behind the features (<see cref="RouterInputs"/>).</summary>
    public bool UsesScore { get; set; }

    /// <summary>Width of the hidden layers; 0 for a linear router.</summary>
    public int Hidden { get; set; }

    /// <summary>Monte-Carlo samples of a Bayesian router; 0 for the posterior mean.</summary>
    public int Samples { get; set; }

    /// <summary>Seed of those samples, and of a random router.</summary>
    public long Seed { get; set; }

    /// <summary>What is strictly harder is escalated; -1 to 1.</summary>
    public double Threshold { get; set; } = 0.5;

    /// <summary>Of an entropy router: what the logit is divided by.</summary>
    public double Temperature { get; set; } = 1;

    /// <summary>Of an entropy router: what is subtracted from the logit before that.</summary>
    public double Offset { get; set; }

    /// <summary>The squared distance beyond which features are out of region; <see langword="null"/> for no such check.</summary>
    public double? RegionLimit { get; set; }

    /// <summary>The variance outside the region's directions.</summary>
    public double? RegionRest { get; set; }

    /// <summary>What the threshold promises; <see langword="null"/> when it was not calibrated.</summary>
    public RouterCalibration? Calibration { get; set; }

    /// <summary>The file of tensors; <see langword="null"/> for a router without any.</summary>
    public BundleFile? Weights { get; set; }

    /// <summary>The model card: data with SHA-256 and settings.</summary>
    public JsonElement? Training { get; set; }

    internal IEnumerable<string> Faults()
    {
        (bool Holds, string Fault)[] checks =
        [
            (Format == 1, $"field \"format\": expected 1, found {Format}"),
            (RouterKinds.All.Contains(Kind), $"field \"kind\": expected one of {string.Join(", ", RouterKinds.All)}, found another"),
            (FeatureWidth is >= 0 and <= 65536, $"field \"feature_width\": expected 0 to 65536, found {FeatureWidth}"),
            (Hidden is >= 0 and <= RouterNetwork.MostHidden, $"field \"hidden\": expected 0 to {RouterNetwork.MostHidden}, found {Hidden}"),
            (Samples is >= 0 and <= 256, $"field \"samples\": expected 0 to 256, found {Samples}"),
            (Threshold is >= -1 and <= 1, $"field \"threshold\": expected -1 to 1, found {Threshold}"),
            (Temperature > 0 && double.IsFinite(Temperature), $"field \"temperature\": expected a number above 0, found {Temperature}"),
            (double.IsFinite(Offset), $"field \"offset\": expected a finite number, found {Offset}"),
        ];
        return checks.Where(static check => !check.Holds).Select(static check => check.Fault);
    }
}

/// <summary>What a router's threshold was calibrated to.</summary>
/// <param name="Form"><c>budget</c> or <c>risk</c>.</param>
/// <param name="Limit">The share that is promised not to be exceeded.</param>
/// <param name="Delta">The probability with which the promise may fail.</param>
/// <param name="Horizon">Inputs that the promise is about; <see langword="null"/> for the population.</param>
/// <param name="Promised">Whether there is a promise.</param>
/// <param name="Rows">Rows counted.</param>
/// <param name="Share">The share of the calibration rows that is escalated: what drift is measured against.</param>
/// <param name="Bound">The upper bound of what was limited.</param>
public sealed record RouterCalibration(
    string Form,
    double Limit,
    double Delta,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Horizon,
    bool Promised,
    int Rows,
    double Share,
    double Bound)
{
    /// <summary>SHA-256 of the calibration rows, as their files name it; <see langword="null"/> where that is not known.</summary>
    public IReadOnlyList<string>? Data { get; set; }

    /// <summary>The record of a calibration.</summary>
    /// <param name="form"><c>budget</c> or <c>risk</c>.</param>
    /// <param name="found">What came of it.</param>
    public static RouterCalibration Of(string form, CalibratedThreshold found)
    {
        ArgumentNullException.ThrowIfNull(found);
        GuaranteeOptions options = found.Options;
        return new RouterCalibration(
            form, options.Limit, options.Delta, options.Horizon, found.Promised, found.Rows, found.Share, found.Bound);
    }
}

/// <summary>Serialisation of <see cref="RouterManifest"/> without reflection: it is read at every start.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RouterManifest))]
internal sealed partial class RouterManifestJson : JsonSerializerContext;
