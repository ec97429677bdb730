using Picket.Training.Distillation;

namespace Picket.Cli;

/// <summary>What a distillation reads and writes.</summary>
/// <param name="Folder">The guard's.</param>
/// <param name="Data">Rows to learn from.</param>
/// <param name="Tests">Labelled files that the finished guard is measured on.</param>
/// <param name="Page">The page with the curves; <see langword="null"/> for <c>training.html</c> in the folder.</param>
internal sealed record DistilFiles(string Folder, IReadOnlyList<string> Data, IReadOnlyList<string> Tests, string? Page = null);

/// <summary>One run of <c>picket distil</c>: rows, training, figures.</summary>
internal sealed class DistilRun(StandardStreams streams, DistilTraining distil, GuardFactory loadGuard, TimeProvider clock)
{
    private static readonly DistilOptions Defaults = new();

    /// <summary>Trains, or goes on with a training that the folder holds a checkpoint of; prints and writes.</summary>
    /// <exception cref="PicketException">A file is bad; a checkpoint is kept.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; a checkpoint is kept.</exception>
    public async Task RunAsync(DistilOptions options, DistilFiles files, TextWriter output, CancellationToken cancellationToken)
    {
        IReadOnlyList<TrainingFile> data = await TrainingFiles.ReadAsync(files.Data, RowKind.LabelledOrTaught, streams, cancellationToken);
        IReadOnlyList<TrainingFile> tests = await TrainingFiles.ReadAsync(files.Tests, RowKind.Labelled, streams, cancellationToken);
        using var run = new TrainingRun(streams, clock, files.Folder, files.Page);
        (TrainingReport report, long kept) = await run.TrainAsync(
            TrainingRun.Blank("distil", options.Name, TrainingSettingTable.Distil, options, Defaults, [.. data.Select(static file => file.Source)]),
            progress => distil(
                options,
                [.. data.SelectMany(static file => file.Rows)],
                [.. data.Select(static file => file.Source)],
                files.Folder,
                progress,
                cancellationToken));
        await run.WriteAsync(report, cancellationToken);
        if (tests.Count > 0)
        {
            await using IGuard guard = await loadGuard(files.Folder, true, cancellationToken);
            report = report with { Tests = await TrainingRun.TestAsync(guard, tests, cancellationToken) };
            await run.WriteAsync(report, cancellationToken);
            CardTable.Write(report.Tests, output);
        }

        string reason = options.KeepLast ? "the last" : $"the best by held-out {options.KeepBest}";
        await output.WriteLineAsync(
            $"kept update {kept:N0} of {report.TotalSteps:N0}, {reason}; wrote {files.Folder}, curves in {run.Page}");
    }
}
