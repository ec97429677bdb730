using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;

namespace Picket.Models.Quantisation;

/// <summary>Makes a smaller guard of a DeBERTa guard: matrices in 8-bit integers or 16-bit floats, everything else in 32-bit floats.</summary>
/// <remarks>
/// Integers have a scale a row: of an output for linear maps, of a token for the embeddings. Tensors are converted one block of rows after
/// another, so that a checkpoint of any length takes some megabytes; only measuring loads networks, one at a time.
/// </remarks>
public static class GuardQuantiser
{
    private const string MeasuredFileName = "measured.safetensors";

    /// <summary>Quantises the guard of one folder into another, which is there afterwards as a whole or not at all.</summary>
    /// <param name="from">A bundle, or a folder as Hugging Face publishes models; weights in F32, F16 or BF16.</param>
    /// <param name="to">The new bundle's folder: absent, or empty.</param>
    /// <param name="options">What is wanted; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told of each step, on the thread that makes it.</param>
    /// <param name="cancellationToken">Stops between blocks of rows and between passes; nothing stays behind.</param>
    /// <exception cref="PicketException">
    /// The folder holds no DeBERTa guard, or a damaged or a quantised one; or there is something in <paramref name="to"/>.
    /// </exception>
    /// <exception cref="IOException">The new bundle cannot be written.</exception>
    public static async Task<QuantisationResult> QuantiseAsync(
        string from,
        string to,
        QuantiserOptions? options = null,
        IProgress<QuantisationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new QuantiserOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Tolerance, nameof(options));
        Bundle bundle = OpenFloats(from, options.Weights);
        (DebertaV2Config config, DebertaV2Settings settings) = DebertaV2Bundle.Read(bundle);
        _ = BundleTokenizer.Load(bundle, settings, config);
        using TensorSource source = bundle.OpenWeights();
        var plan = QuantisationPlan.Of(config, source, options.Weights, cancellationToken);
        using var staging = StagingFolder.For(to);
        using var writer = new WeightsWriter(plan, source, options.Compute, progress, cancellationToken);

        Dictionary<string, Action<Stream>> files = BundleFiles.CopyOf(bundle);
        files[TensorSource.FileName] = stream => writer.Write(stream, plan.Units);
        var kept = new SortedDictionary<string, string>(plan.OutOfRange.ToDictionary(), StringComparer.Ordinal);
        var record = new QuantisationRecord(bundle.Manifest.Name, Measured: false);
        if (options.Calibration is { } calibration)
        {
            string measured = Path.Combine(staging.Path, MeasuredFileName);
            await using (FileStream file = File.Create(measured))
            {
                writer.Write(file, plan.Units);
            }

            KeepingOutcome outcome = await MeasureAsync(bundle, source, measured, plan, options, progress, cancellationToken);
            outcome.Kept.ToList().ForEach(pair => kept[pair.Key] = pair.Value);
            record = new QuantisationRecord(bundle.Manifest.Name, Measured: true, new CalibrationRecord(
                calibration.File, calibration.Sha256, calibration.Inputs.Count, options.Tolerance, outcome.All, outcome.Now));
            if (outcome.Kept.Count == 0)
            {
                files[TensorSource.FileName] = stream => Copy(measured, stream);
            }
            else
            {
                files[TensorSource.FileName] = stream => writer.Write(stream, plan.Units.Where(unit => !kept.ContainsKey(unit)));
            }
        }

        Bundle.Write(staging.Path, Manifest(bundle.Manifest, options, kept, record), files);
        File.Delete(Path.Combine(staging.Path, MeasuredFileName));
        cancellationToken.ThrowIfCancellationRequested();
        staging.Finish();
        GuardManifest written = Bundle.Open(to).Manifest;
        return new QuantisationResult(
            written, plan.Units.Count + plan.OutOfRange.Count, kept, record, plan.Bytes, written.Files[TensorSource.FileName].Bytes);
    }

    private static async Task<KeepingOutcome> MeasureAsync(
        Bundle bundle,
        TensorSource source,
        string measured,
        QuantisationPlan plan,
        QuantiserOptions options,
        IProgress<QuantisationProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var quantised = TensorSource.Open(measured);
        var meter = new CalibrationMeter(bundle, source, quantised, plan, options) { Progress = progress };
        await meter.ScoreOriginalAsync(cancellationToken);
        var rule = new KeepingRule(options.Tolerance, (units, stage, unit) => meter.MeasureAsync(units, stage, unit, cancellationToken));
        return await rule.ApplyAsync(plan.Units);
    }

    private static void Copy(string path, Stream target)
    {
        using FileStream file = File.OpenRead(path);
        file.CopyTo(target);
    }

    private static Bundle OpenFloats(string folder, QuantisedWeights wanted)
    {
        Bundle bundle = Bundle.Open(folder);
        string manifest = Path.Combine(folder, GuardManifest.FileName);
        if (bundle.Manifest.Kind != DebertaV2Guard.Kind)
        {
            string reason = bundle.Manifest.Kind == NGram.NGramGuard.Kind ? "; an n-gram guard's weights are 8-bit integers from its training on" : "";
            throw new PicketException($"{manifest}, field \"kind\": expected {DebertaV2Guard.Kind}, found {bundle.Manifest.Kind}{reason}");
        }

        string found = bundle.Manifest.Deberta?.Weights ?? "fp32";
        return found == "int8" || found == wanted.Name()
            ? throw new PicketException(
                $"{manifest}, field \"deberta\": weights: expected fp32{(wanted == QuantisedWeights.Int8 ? " or fp16" : "")} to make {wanted.Name()} of, "
                + $"found {found}; a guard is quantised once, from its floats")
            : bundle;
    }

    private static GuardManifest Manifest(
        GuardManifest original, QuantiserOptions options, SortedDictionary<string, string> kept, QuantisationRecord record) => original with
        {
            Name = options.Name ?? $"{original.Name}-{options.Weights.Name()}",
            Files = new Dictionary<string, BundleFile>(),
            Deberta = (original.Deberta ?? new DebertaV2Settings()) with
            {
                Weights = options.Weights.Name(),
                Fp32Layers = kept.Count > 0 ? kept : null,
                Quantisation = record,
            },
        };
}
