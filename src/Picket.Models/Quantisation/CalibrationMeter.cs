using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Text;

namespace Picket.Models.Quantisation;

/// <summary>Scores the calibration texts with networks that are original here and quantised there.</summary>
/// <remarks>
/// Each network is loaded as it will be from the bundle, unit by unit from one file or the other, so that what is measured is what is written
/// to the last bit; one is in memory at a time.
/// </remarks>
internal sealed class CalibrationMeter(
    Bundle original, TensorSource floats, TensorSource quantised, QuantisationPlan plan, QuantiserOptions options)
{
    // Texts of one call: progress is shown and a cancellation seen between calls.
    private const int ChunkRows = 8;

    private IReadOnlyList<double> _expected = [];

    /// <summary>Told of every chunk and every difference.</summary>
    public IProgress<QuantisationProgress>? Progress { get; init; }

    /// <summary>Scores with the original; before anything is compared with it.</summary>
    public async Task ScoreOriginalAsync(CancellationToken cancellationToken) =>
        _expected = await ScoreAsync(new HashSet<string>(), share => Tell(QuantisationStage.Original, share), cancellationToken);

    /// <summary>The differences when the given units are quantised.</summary>
    public async Task<LogOddsDifference> MeasureAsync(
        IReadOnlySet<string> units, QuantisationStage stage, string? unit, CancellationToken cancellationToken)
    {
        int number = unit is not null && stage == QuantisationStage.Alone ? plan.Units.ToList().IndexOf(unit) : 0;
        double parts = stage == QuantisationStage.Alone ? plan.Units.Count : 1;
        IReadOnlyList<double> scores = await ScoreAsync(units, share => Tell(stage, (number + share) / parts, unit), cancellationToken);
        var difference = LogOddsDifference.Of(_expected, scores);
        Tell(stage, (number + 1) / parts, unit, difference);
        return difference;
    }

    private async Task<IReadOnlyList<double>> ScoreAsync(IReadOnlySet<string> units, Action<double> tell, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        tell(0);
        await using IGuard guard = Load(units);
        var scores = new List<double>();
        foreach (GuardInput[] chunk in options.Calibration!.Inputs.Chunk(ChunkRows))
        {
            scores.AddRange((await guard.ScoreAsync(chunk, cancellationToken)).Select(static score => score.UnsafeProbability));
            tell((double)scores.Count / options.Calibration.Inputs.Count);
        }

        return scores;
    }

    private IGuard Load(IReadOnlySet<string> units)
    {
        NetworkTensor[] tensors = [.. plan.Tensors.Where(tensor => tensor.Unit is not null && units.Contains(tensor.Unit))];
        HashSet<string> names =
        [
            .. tensors.Select(static tensor => tensor.Name),
            .. tensors.Select(static tensor => CheckpointReader.ScalesOf(tensor.Name)),
            .. tensors.Select(static tensor => tensor.Projection).OfType<string>().Select(RelativeEmbeddings.ResultOf),
        ];
        using var mixed = TensorSource.Mix(floats, quantised, names);
        var guard = DebertaV2Guard.Load(original, mixed, new DebertaV2GuardOptions { Compute = options.Compute });
        return original.Manifest.Normalise ? NormalisingGuard.Wrap(guard) : guard;
    }

    private void Tell(QuantisationStage stage, double share, string? unit = null, LogOddsDifference? difference = null) =>
        Progress?.Report(new QuantisationProgress(stage, share, unit, difference));
}
