namespace Picket.Fairness;

/// <summary>Measures whether a guard treats texts alike that differ in an identity term alone.</summary>
/// <param name="options">Threshold, batch size, intervals; the defaults when <see langword="null"/>.</param>
public sealed class FairnessAuditor(FairnessOptions? options = null)
{
    private readonly FairnessOptions _options = options ?? new FairnessOptions();

    /// <summary>Scores every row and compares the terms.</summary>
    /// <param name="guard">The guard; it is not disposed.</param>
    /// <param name="rows">The texts.</param>
    /// <param name="progress">Told after every batch how many rows are scored.</param>
    /// <param name="cancellationToken">Honoured between batches, and handed to the guard.</param>
    /// <exception cref="PicketException">An option is out of its range, or the guard's scores are not as promised.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<FairnessResult> AuditAsync(
        IGuard guard, IdentityRows rows, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(rows);
        _options.Validate();
        var scores = new List<double>(rows.Rows.Count);
        foreach (IdentityRow[] batch in rows.Rows.Chunk(_options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<GuardScore> found = await guard.ScoreAsync([.. batch.Select(static row => new GuardInput(row.Prompt))], cancellationToken);
            if (found.Count != batch.Length)
            {
                throw new PicketException($"guard {guard.Description.Name}: gave {found.Count} scores, expected {batch.Length}");
            }

            foreach (GuardScore score in found)
            {
                scores.Add(score.UnsafeProbability is >= 0 and <= 1
                    ? score.UnsafeProbability
                    : throw new PicketException(
                        $"guard {guard.Description.Name}, row {scores.Count + 1}, unsafe probability: "
                        + $"found {score.UnsafeProbability}, expected 0 to 1"));
            }

            progress?.Report(scores.Count);
        }

        double threshold = _options.Threshold ?? guard.Description.DefaultThreshold;
        return new FairnessCalculator(rows, scores, threshold, _options, cancellationToken).Compute(guard.Description);
    }
}
