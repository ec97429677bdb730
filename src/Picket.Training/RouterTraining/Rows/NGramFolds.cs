using System.Text.Json;
using System.Text.Json.Nodes;
using Picket.Data;
using Picket.Models;
using Picket.Models.Bundles;
using Picket.Models.NGram;
using Picket.Training.NGram;

namespace Picket.Training.RouterTraining;

/// <summary>Out-of-fold guards of an n-gram guard that Picket trained: with its settings, each without one part of the rows.</summary>
public static class NGramFolds
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Trains the guards, or takes those that an interrupted run left.</summary>
    /// <param name="small">The guard whose settings they are trained with.</param>
    /// <param name="files">The files that the rows come from.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="folds">Parts; 2 to 100.</param>
    /// <param name="prefix">Each guard's folder is this with <c>.fold-1-of-5</c> and so on behind it.</param>
    /// <param name="progress">Told the number of guards that are there.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The guards by part; the caller disposes them.</returns>
    /// <exception cref="PicketException">The guard is none that Picket trained, or a folder holds one of other rows or settings.</exception>
    public static Task<IReadOnlyList<IGuard>> TrainAsync(
        GuardManifest small,
        IReadOnlyList<DataSource> files,
        IReadOnlyList<Example> rows,
        int folds,
        string prefix,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(small);
        NGramTrainerOptions options = Settings(small);
        int fold = 0;
        return RouteFolds.TrainAsync(rows, folds, MakeAsync, cancellationToken);

        async Task<IGuard> MakeAsync(IReadOnlyList<Example> others, CancellationToken token)
        {
            string folder = $"{prefix}.fold-{++fold}-of-{folds}";
            if (File.Exists(Path.Combine(folder, GuardManifest.FileName)))
            {
                EnsureSame(Bundle.Open(folder).Manifest, folder, options, files);
            }
            else
            {
                NGramTrainingResult result = await Task.Run(() => new NGramTrainer(options).Train(others, cancellationToken: token), token);
                await NGramBundle.WriteAsync(folder, $"{small.Name}, fold {fold} of {folds}", options, result, files, [], token);
            }

            progress?.Report(fold);
            return await GuardLoader.LoadAsync(folder, small.Normalise, token);
        }
    }

    private static NGramTrainerOptions Settings(GuardManifest small)
    {
        try
        {
            return small is { Kind: NGramGuard.Kind, Training: { ValueKind: JsonValueKind.Object } card }
                && card.TryGetProperty("settings", out JsonElement settings)
                && settings.Deserialize<NGramTrainerOptions>(s_json) is { } options
                ? options
                : throw Unfit();
        }
        catch (JsonException)
        {
            throw Unfit();
        }

        PicketException Unfit() => new(
            $"guard {small.Name}: expected an n-gram guard with the settings of its training in its card, found another; "
            + "of other guards train one a part yourself (RouteFolds)");
    }

    // A part depends on the rows and their number alone, so equal files give equal parts.
    private static void EnsureSame(GuardManifest found, string folder, NGramTrainerOptions options, IReadOnlyList<DataSource> files)
    {
        bool same = found.Training is { } card
            && card.TryGetProperty("settings", out JsonElement settings)
            && JsonNode.DeepEquals(JsonNode.Parse(settings.GetRawText()), JsonSerializer.SerializeToNode(options, s_json))
            && card.TryGetProperty("data", out JsonElement data)
            && data.EnumerateArray().Select(static file => file.GetProperty("sha256").GetString())
                .SequenceEqual(files.Select(static file => file.Sha256));
        if (!same)
        {
            throw new PicketException($"{folder}: expected a guard of these rows and settings, found another; remove it");
        }
    }
}
