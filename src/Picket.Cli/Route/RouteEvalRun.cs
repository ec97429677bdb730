using Picket.Data;
using Picket.Evaluation;
using Picket.Models.Routing;
using Picket.Training.RouterTraining;

namespace Picket.Cli;

/// <summary>One run of <c>picket route eval</c>: routers and baselines on the rows, then the tables and the reports.</summary>
internal sealed class RouteEvalRun(
    RouteEvalSettings settings, StandardStreams streams, TextWriter output, GuardFactory loadGuard, TimeProvider clock)
{
    /// <summary>Measures, prints and writes.</summary>
    /// <exception cref="PicketException">A file or guard cannot be read, or a report not be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; no report was touched.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var reports = new ReportFiles(settings.JsonPath, settings.HtmlPath);
        reports.EnsureWritable();
        var rows = RouteRows.Read(settings.Rows);
        (string Name, RouterModel Model)[] models = Models(rows);
        (string Name, IRouter Router)[] routers =
        [
            ("entropy", new EntropyRouter()),
            ("random", new HardnessRouter(new RandomHardness(settings.Evaluation.Seed))),
            .. models.Select(static model => (model.Name, model.Model.CreateRouter())),
        ];
        IReadOnlyList<Example> texts = settings.Data.Count == 0 ? [] : await rows.TextsAsync(settings.Data, cancellationToken);
        var probe = new RouteProbe(settings, streams, loadGuard, clock);
        RouteEvaluationOptions options = await probe.TimedAsync(texts, cancellationToken);
        RouteContender[] contenders =
        [
            .. routers.Select(router => RouteContender.Of(router.Name, router.Router, rows.Rows)),
            RouteContender.OracleOf(rows.Rows),
        ];
        var report = RouteReport.Create(rows.Small, rows.Large, rows.Rows, contenders, options, clock.GetUtcNow());
        report = report with
        {
            Flips = await probe.FlipsAsync(rows, texts, routers, cancellationToken),
            Poisoning = await probe.PoisonAsync(rows, texts, models, cancellationToken),
        };
        await reports.WriteAsync(
            () => report.ToJson(),
            () => RoutePage.Render(report),
            () => RouteTable.Write(EvalTable.ConsoleOn(output, streams), report),
            output,
            cancellationToken);
        return ExitStatus.Success;
    }

    private (string Name, RouterModel Model)[] Models(RouteRows rows)
    {
        string[] files = [.. settings.Routers.Distinct(StringComparer.Ordinal)];
        string[] names = [.. EvalData.Names(files)
            .Select(static name => name is "entropy" or "random" or RouteContender.Oracle ? $"{name}.json" : name)];
        var models = new List<(string, RouterModel)>();
        for (int i = 0; i < files.Length; i++)
        {
            RouterModel model = RouterFile.Load(files[i]);
            RouterManifest manifest = model.Manifest;
            rows.EnsureFit(files[i], manifest);
            if (rows.Headers.Select(header => RouterCard.Seen(manifest, header)).OfType<string>().FirstOrDefault() is { } seen)
            {
                streams.Error.WriteLine($"warning: {files[i]}: {seen}: its figures flatter it");
            }

            models.Add((names[i], model));
        }

        return [.. models];
    }
}
