using Picket.Data;
using Picket.Evaluation;

namespace Picket.Cli;

/// <summary>One run of <c>picket eval</c>: every guard on every file, then the table and the reports.</summary>
internal sealed class EvalRun(
    EvalSettings settings, StandardStreams streams, TextWriter output, GuardFactory loadGuard, TimeProvider clock)
{
    /// <summary>Measures, prints and writes.</summary>
    /// <exception cref="PicketException">A file or guard cannot be read, or a report not be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; no report was touched.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> files = EvalData.Expand(settings.Data);
        var reports = new ReportFiles(settings.JsonPath, settings.HtmlPath);
        reports.EnsureWritable();

        var results = new List<EvaluationResult>();
        try
        {
            foreach (string directory in settings.Guards)
            {
                await using IGuard guard = await loadGuard(directory, settings.Normalise, cancellationToken);
                results.AddRange(await MeasureAsync(guard, files, cancellationToken));
            }
        }
        finally
        {
            if (streams.ErrorColoured)
            {
                EvalProgress.Clear(streams.Error);
            }
        }

        NameApart(results, settings.Guards, files.Count);
        var report = EvaluationReport.Create(results, settings.Evaluation, clock.GetUtcNow());
        await reports.WriteAsync(
            () => EvaluationJson.Serialize(report),
            () => EvaluationPage.Render(report),
            () => EvalTable.Write(EvalTable.ConsoleOn(output, streams), report),
            output,
            cancellationToken);
        return ExitStatus.Success;
    }

    private async Task<List<EvaluationResult>> MeasureAsync(IGuard guard, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var results = new List<EvaluationResult>();
        var evaluator = new Evaluator(settings.Evaluation, clock);
        IReadOnlyList<string> names = EvalData.Names(files);
        for (int i = 0; i < files.Count; i++)
        {
            EvalProgress? progress = streams.ErrorColoured ? new EvalProgress(streams.Error, clock, guard.Description.Name, names[i]) : null;
            IAsyncEnumerable<Example> rows = ExampleReader.ReadAsync(files[i], settings.Format, cancellationToken);
            results.Add(await evaluator.EvaluateAsync(guard, names[i], rows, progress, cancellationToken));
        }

        return results;
    }

    /// <summary>Guards of one name get their folder's name too, since reports tell them apart by name.</summary>
    private static void NameApart(List<EvaluationResult> results, IReadOnlyList<string> guards, int files)
    {
        IReadOnlyList<string> names = EvalGuards.DistinctNames([.. guards.Select((directory, i) => (results[i * files].Guard.Name, directory))]);
        for (int i = 0; i < results.Count; i++)
        {
            results[i] = results[i] with { Guard = results[i].Guard with { Name = names[i / files] } };
        }
    }
}
