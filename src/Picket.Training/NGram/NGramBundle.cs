using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Data;
using Picket.Evaluation;
using Picket.Models.Bundles;
using Picket.Models.Formats;
using Picket.Models.NGram;
using Picket.Text;

namespace Picket.Training.NGram;

/// <summary>A file that a model was trained or measured on.</summary>
/// <param name="Name">The file's name without its folder.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the file.</param>
/// <param name="Rows">Labelled rows taken from it.</param>
/// <param name="UnsafeRows">Those labelled unsafe.</param>
public sealed record DataSource(string Name, string Sha256, int Rows, int UnsafeRows)
{
    /// <summary>Describes the file at <paramref name="path"/>, of which <paramref name="rows"/> were taken.</summary>
    public static DataSource Of(string path, IReadOnlyCollection<Example> rows)
    {
        using FileStream file = File.OpenRead(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return new DataSource(Path.GetFileName(path), hash, rows.Count, rows.Count(static row => row.Unsafe == true));
    }
}

/// <summary>Figures of the finished guard at threshold 0.5 on one set; a figure that is not defined is <see langword="null"/>.</summary>
/// <param name="Data">What it was measured on.</param>
/// <param name="Auprc">Average precision.</param>
/// <param name="F1">F1 of the unsafe class.</param>
/// <param name="FalsePositiveRate">Share of the safe rows that is flagged.</param>
/// <param name="Recall">Share of the unsafe rows that is flagged.</param>
/// <param name="Ece">Expected calibration error over 15 bins.</param>
public sealed record CardMetrics(DataSource Data, double? Auprc, double? F1, double? FalsePositiveRate, double? Recall, double? Ece)
{
    /// <summary>Computes the figures of scored rows.</summary>
    internal static CardMetrics Of(DataSource data, IReadOnlyList<ScoredLabel> rows, CancellationToken cancellationToken)
    {
        GuardMetrics measured = GuardMetrics.Compute(rows, new MetricsOptions { Resamples = 0 }, cancellationToken);
        return new CardMetrics(
            data, Figure(measured.Auprc), Figure(measured.F1), Figure(measured.FalsePositiveRate), Figure(measured.Recall), Figure(measured.Ece));

        static double? Figure(Estimate? estimate) => estimate is null ? null : Math.Round(estimate.Value, 6);
    }
}

/// <summary>The <c>training</c> part of <c>guard.json</c>: where the guard comes from and how good it is.</summary>
/// <param name="Picket">Version that trained it.</param>
/// <param name="Data">The files it learned from.</param>
/// <param name="Settings">The trainer's options.</param>
/// <param name="KeptEpoch">The epoch kept, counted from 1.</param>
/// <param name="History">Loss and held-out AUPRC of every epoch.</param>
/// <param name="Metrics">The finished, quantised guard on its held-out rows first, then on each test set.</param>
public sealed record ModelCard(
    string Picket,
    IReadOnlyList<DataSource> Data,
    NGramTrainerOptions Settings,
    int KeptEpoch,
    IReadOnlyList<NGramEpoch> History,
    IReadOnlyList<CardMetrics> Metrics)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Json);
}

/// <summary>Writes what <see cref="NGramTrainer"/> learned as a bundle.</summary>
public static class NGramBundle
{
    /// <summary>
    /// Measures the guard, quantised as it will run, on its held-out rows and the test sets, and writes the bundle with its model card.
    /// </summary>
    /// <param name="folder">Made when absent.</param>
    /// <param name="name">The guard's name.</param>
    /// <param name="options">What it was trained with.</param>
    /// <param name="result">What was learned.</param>
    /// <param name="sources">The files it learned from.</param>
    /// <param name="tests">Sets to measure it on and their rows; never learned from.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The model card.</returns>
    public static async Task<ModelCard> WriteAsync(
        string folder,
        string name,
        NGramTrainerOptions options,
        NGramTrainingResult result,
        IReadOnlyList<DataSource> sources,
        IReadOnlyList<(DataSource Source, IReadOnlyList<Example> Rows)> tests,
        CancellationToken cancellationToken = default)
    {
        var manifest = new GuardManifest
        {
            Kind = NGramGuard.Kind,
            Name = name,
            Files = new Dictionary<string, BundleFile>(),
            Temperature = result.Temperature,
            FeatureWidth = options.Shape.Hidden,
            Ngram = options.Shape,
        };
        await using IGuard guard = NormalisingGuard.Wrap(
            new NGramGuard(new NGramNetwork(options.Shape, result.Tensors, NGramGuard.WeightsFile), manifest));
        int unsafeRows = result.HeldOut.Count(static row => row.Unsafe == true);
        var heldOut = new DataSource("held-out rows of the training data", "", result.HeldOut.Count, unsafeRows);
        var metrics = new List<CardMetrics>();
        foreach ((DataSource source, IReadOnlyList<Example> rows) in tests.Prepend((heldOut, result.HeldOut)))
        {
            metrics.Add(await MeasureAsync(guard, source, rows, cancellationToken));
        }

        string version = typeof(NGramBundle).Assembly.GetName().Version!.ToString(3);
        var card = new ModelCard(version, sources, options, result.KeptEpoch, result.History, metrics);
        using var weights = new MemoryStream();
        Safetensors.Write(weights, result.Tensors);
        Bundle.Write(
            folder,
            manifest with { Training = card.ToJson() },
            new Dictionary<string, byte[]> { [NGramGuard.WeightsFile] = weights.ToArray() });
        return card;
    }

    private static async Task<CardMetrics> MeasureAsync(
        IGuard guard, DataSource source, IReadOnlyList<Example> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync([.. rows.Select(static row => row.ToInput())], cancellationToken);
        return CardMetrics.Of(
            source,
            [.. scores.Zip(rows, static (score, row) => new ScoredLabel(score.UnsafeProbability, row.Unsafe == true))],
            cancellationToken);
    }
}
