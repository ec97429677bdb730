using Picket.Fairness;

namespace Picket.Cli;

/// <summary>One run of <c>picket audit guard</c>: every guard on every set, then the table and the reports.</summary>
internal sealed class AuditGuardRun(
    AuditGuardSettings settings, StandardStreams streams, TextWriter output, GuardFactory loadGuard, TimeProvider clock)
{
    /// <summary>Measures, prints and writes.</summary>
    /// <exception cref="PicketException">A file or guard cannot be read, or a report not be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; no report was touched.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var reports = new ReportFiles(settings.JsonPath, settings.HtmlPath);
        reports.EnsureWritable();
        IReadOnlyList<IdentityRows> sets = await SetsAsync(cancellationToken);

        var results = new List<FairnessResult>();
        foreach (string place in settings.Guards)
        {
            await using IGuard guard = await loadGuard(place, settings.Normalise, cancellationToken);

            // A cascade has applied the threshold already.
            double? threshold = guard is CascadeGuard ? null : settings.Fairness.Threshold;
            var auditor = new FairnessAuditor(settings.Fairness with { Threshold = threshold });
            foreach (IdentityRows rows in sets)
            {
                using var line = new ProgressLine(streams, clock);
                results.Add(await auditor.AuditAsync(guard, rows, new Bar(line, guard.Description.Name, rows), cancellationToken));
            }
        }

        NameApart(results, sets.Count);
        var report = FairnessReport.Create(results, settings.Fairness, clock.GetUtcNow());
        await reports.WriteAsync(
            () => report.ToJson(),
            () => FairnessPage.Render(report),
            () => AuditGuardTable.Write(EvalTable.ConsoleOn(output, streams), report),
            output,
            cancellationToken);
        return ExitStatus.Success;
    }

    private async Task<IReadOnlyList<IdentityRows>> SetsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<IdentityTerm>? terms = settings.Terms is { } file ? await IdentityTerms.ReadAsync(file, cancellationToken) : null;
        if (settings.Data.Count == 0)
        {
            return [await IdentityRows.OwnAsync(terms, cancellationToken)];
        }

        IReadOnlyList<string> files = EvalData.Expand(settings.Data);
        IReadOnlyList<string> names = EvalData.Names(files);
        var sets = new List<IdentityRows>();
        for (int i = 0; i < files.Count; i++)
        {
            sets.Add(await IdentityRows.ReadAsync(files[i], names[i], terms, settings.Format, cancellationToken));
        }

        return sets;
    }

    /// <summary>Guards of one name get their folder's name too, since reports tell them apart by name.</summary>
    private void NameApart(List<FairnessResult> results, int sets)
    {
        IReadOnlyList<string> names = EvalGuards.DistinctNames([.. settings.Guards.Select((place, i) => (results[i * sets].Guard.Name, place))]);
        for (int i = 0; i < results.Count; i++)
        {
            results[i] = results[i] with { Guard = results[i].Guard with { Name = names[i / sets] } };
        }
    }

    private sealed class Bar(ProgressLine line, string guard, IdentityRows rows) : IProgress<int>
    {
        public void Report(int value) => line.Draw((double)value / rows.Rows.Count, $"{guard} on {rows.Name}: {value:N0} rows");
    }
}
