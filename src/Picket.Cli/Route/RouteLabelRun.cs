using Picket.Data;
using Picket.Evaluation;
using Picket.Models.Bundles;
using Picket.Training.NGram;
using Picket.Training.RouterTraining;

namespace Picket.Cli;

/// <summary>One run of <c>picket route label</c>: both guards, the rows, what they come to.</summary>
internal sealed class RouteLabelRun(RouteLabelSettings settings, StandardStreams streams, TextWriter output, GuardFactory loadGuard)
{
    /// <summary>Scores, writes and prints.</summary>
    /// <exception cref="PicketException">A file or guard is bad, or the small guard has seen the rows; what was scored is kept.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; what was scored is kept.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        ReportFile.EnsureWritable(settings.Output);
        TrainingFile[] files =
        [
            .. (await TrainingFiles.ReadAsync(EvalData.Expand(settings.Data), RowKind.Labelled, streams, cancellationToken)).Select(Taken),
        ];
        DataSource[] sources = [.. files.Select(static file => file.Source)];
        Example[] rows = [.. files.SelectMany(static file => file.Rows)];
        if (rows.Length == 0)
        {
            string where = settings.HeldOutOnly is null ? "" : " in the held-out share";
            throw new PicketException($"{settings.Data[0]}: expected labelled rows{where}, found none");
        }

        CheckOverlap(sources);
        await using IGuard small = await loadGuard(settings.Small, settings.Normalise, cancellationToken);
        await using IGuard large = await loadGuard(settings.Large, settings.Normalise, cancellationToken);
        IReadOnlyList<IGuard> folds = await FoldsAsync(sources, rows, cancellationToken);
        IReadOnlyList<RoutingRecord> found;
        try
        {
            found = await LabelAsync(new RouteLabeller(small, large, folds.Count == 0 ? null : folds, settings.BatchSize), rows, cancellationToken);
        }
        finally
        {
            foreach (IGuard fold in folds)
            {
                await fold.DisposeAsync();
            }
        }

        Print([.. found.Select(static row => row.Row)], small.Description.Name, large.Description.Name);
        await output.WriteLineAsync($"Wrote {settings.Output} and {RoutingFile.FeaturesOf(settings.Output)}");
        return ExitStatus.Success;
    }

    private static GuardManifest? Manifest(string place) =>
        !Chat.RemoteGuards.IsAddress(place) && Directory.Exists(GuardSource.Folder(place)) ? Bundle.Open(GuardSource.Folder(place)).Manifest : null;

    private TrainingFile Taken(TrainingFile file)
    {
        Example[] rows = [.. file.Rows.Where(row => settings.HeldOutOnly is not { } share || RouteFolds.IsHeldOut(row, share))];
        return new TrainingFile(file.Source with { Rows = rows.Length, UnsafeRows = rows.Count(static row => row.Unsafe == true) }, rows);
    }

    private void CheckOverlap(DataSource[] sources)
    {
        if (settings.Folds == 0
            && Manifest(settings.Small) is { } small
            && RouteFolds.OverlapRows(small, sources, settings.HeldOutOnly) is > 0 and var seen)
        {
            string what = $"the small guard {small.Name} learned from {seen:N0} of these rows, as its card says, and its errors on them "
                + "are not those it makes elsewhere";
            if (!settings.AllowSeen)
            {
                throw new PicketException($"{settings.Data[0]}: {what}; give --folds, --held-out-only, other rows, or --allow-seen");
            }

            streams.Error.WriteLine($"warning: {what}");
        }

        if (Manifest(settings.Large) is { } large && RouteFolds.OverlapRows(large, sources, settings.HeldOutOnly) is > 0 and var known)
        {
            streams.Error.WriteLine(
                $"warning: the large guard {large.Name} learned from {known:N0} of these rows: it is right on them more often than "
                + "elsewhere, and more rows look hard");
        }
    }

    private async Task<IReadOnlyList<IGuard>> FoldsAsync(DataSource[] sources, Example[] rows, CancellationToken cancellationToken)
    {
        if (settings.Folds == 0)
        {
            return [];
        }

        GuardManifest small = Manifest(settings.Small)
            ?? throw new PicketException($"--folds: expected the folder of an n-gram guard as the small guard, found {settings.Small}");
        using var line = new ProgressLine(streams);
        line.Draw(0, "training the guard of the first part");
        return await NGramFolds.TrainAsync(
            small, sources, rows, settings.Folds, settings.Output, new CountBar(line, settings.Folds, "guards trained"), cancellationToken);
    }

    private async Task<IReadOnlyList<RoutingRecord>> LabelAsync(RouteLabeller labeller, Example[] rows, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(streams);
        return await labeller.LabelAsync(rows, settings.Output, new CountBar(line, rows.Length, "rows"), cancellationToken);
    }

    private void Print(RoutingRow[] rows, string small, string large)
    {
        var curve = RouteCurve.Compute(rows, [.. rows.Select(static _ => 0.0)]);
        int catchable = rows.Count(static row => row.Catchable);
        output.WriteLine(
            $"{rows.Length:N0} rows, {rows.Count(static row => row.Unsafe):N0} unsafe, of which {large} catches {catchable:N0} and "
            + $"{small} misses {rows.Count(static row => row.Catchable && !row.SmallRight):N0} of those");
        output.WriteLine(
            $"F1: {small} {curve.SmallF1:0.000}, {large} {curve.LargeF1:0.000}, oracle {curve.OracleF1:0.000} with "
            + $"{100 * curve.OracleShare:0.0} % of the rows: "
            + $"{rows.Count(static row => row.Hard):N0} are hard");
    }
}
