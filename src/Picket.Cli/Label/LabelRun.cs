using Picket.Training.Labelling;

namespace Picket.Cli;

/// <summary>One run of <c>picket label</c>: teacher, rows, report.</summary>
internal sealed class LabelRun(LabelSettings settings, StandardStreams streams, TextWriter output, GuardFactory loadGuard)
{
    /// <summary>Labels, prints and writes.</summary>
    /// <exception cref="PicketException">A file or guard is bad; what was scored is kept.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; what was scored is kept.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // What can be told at once is told before a model is loaded.
        await using (InputFile.OpenRead(settings.Input))
        {
            ReportFile.EnsureWritable(settings.Output);
            foreach (string report in settings.Reports)
            {
                ReportFile.EnsureWritable(report);
            }
        }

        await using IGuard teacher = await loadGuard(settings.Guard, settings.Normalise, cancellationToken);
        LabellerOptions options = settings.Labelling with
        {
            TeacherIdentity = await GuardSource.IdentityAsync(settings.Guard, settings.Normalise, cancellationToken),
        };
        DisagreementReport result = await LabelAsync(new Labeller(teacher, options), cancellationToken);
        LabelTable.Write(EvalTable.ConsoleOn(output, streams), result);
        foreach (string path in settings.Reports.Prepend(settings.Output))
        {
            await output.WriteLineAsync($"Wrote {path}");
        }

        return ExitStatus.Success;
    }

    private async Task<DisagreementReport> LabelAsync(Labeller labeller, CancellationToken cancellationToken)
    {
        string journal = Labeller.JournalOf(settings.Output);
        var progress = new LabelBar(streams, journal);
        bool done = false;
        try
        {
            DisagreementReport report = await labeller.LabelAsync(
                settings.Input, settings.Output, found => WriteReportsAsync(found, cancellationToken), progress, cancellationToken);
            done = true;
            return report;
        }
        finally
        {
            progress.Dispose();
            if (!done && progress.Scored.Rows > 0)
            {
                await streams.Error.WriteLineAsync(
                    $"at least {progress.Scored.Rows:N0} of {progress.Scored.Total:N0} rows are scored and kept in {journal}; "
                    + "the same command continues");
            }
        }
    }

    private async Task WriteReportsAsync(DisagreementReport report, CancellationToken cancellationToken)
    {
        foreach (string path in settings.Reports)
        {
            string text = LabelSettings.IsPage(path) ? DisagreementPage.Render(report) : DisagreementJson.Serialize(report) + "\n";
            await ReportFile.WriteAsync(path, text, cancellationToken);
        }
    }
}
