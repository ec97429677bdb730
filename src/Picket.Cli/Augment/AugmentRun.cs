using Picket.Training.Augmentation;

namespace Picket.Cli;

/// <summary>One run of <c>picket augment</c>: models, rows, report.</summary>
internal sealed class AugmentRun(AugmentSettings settings, StandardStreams streams, TextWriter output, AugmentModelFactory findModels)
{
    /// <summary>Makes the rows, prints and writes.</summary>
    /// <exception cref="PicketException">A file or server is bad; the answers are kept.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the answers are kept.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // What can be told at once is told before a server is asked.
        await using (InputFile.OpenRead(settings.Input))
        {
            ReportFile.EnsureWritable(settings.Output);
            if (settings.Report is not null)
            {
                ReportFile.EnsureWritable(settings.Report);
            }
        }

        foreach (string file in settings.Augmentation.EvaluationFiles)
        {
            await InputFile.OpenRead(file).DisposeAsync();
        }

        bool writes = settings.Augmentation.Strategy == AugmentationStrategy.HarmAug;
        AugmentationModels models = writes ? await findModels(settings, cancellationToken) : new AugmentationModels();
        try
        {
            ISynonyms? synonyms = settings.Augmentation.Strategy == AugmentationStrategy.Eda ? WordNet.Load(settings.WordNet) : null;

            // A style that was found was probed.
            AugmentationOptions options = settings.Augmentation with { ProbesPrefix = settings.Style is not null };
            AugmentationReport report = await AugmentAsync(new Augmenter(models, synonyms, options), cancellationToken);
            AugmentTable.Write(EvalTable.ConsoleOn(output, streams), report);
        }
        finally
        {
            foreach (AugmentationModel? model in (AugmentationModel?[])[models.Generator, models.Refuser, models.Complier])
            {
                await (model?.Generator.DisposeAsync() ?? ValueTask.CompletedTask);
            }
        }

        await output.WriteLineAsync($"Wrote {settings.Output}");
        if (settings.Report is not null)
        {
            await output.WriteLineAsync($"Wrote {settings.Report}");
        }

        return ExitStatus.Success;
    }

    private async Task<AugmentationReport> AugmentAsync(Augmenter augmenter, CancellationToken cancellationToken)
    {
        string journal = Augmenter.JournalOf(settings.Output);
        var progress = new AugmentBar(streams, journal);
        bool done = false;
        try
        {
            AugmentationReport report = await augmenter.AugmentAsync(
                settings.Input, settings.Output, found => WriteReportAsync(found, cancellationToken), progress, cancellationToken);
            done = true;
            return report;
        }
        finally
        {
            progress.Dispose();
            if (!done && progress.Last.Answers > 0)
            {
                await streams.Error.WriteLineAsync(
                    $"at least {progress.Last.Answers:N0} answers are kept in {journal}; the same command continues");
            }
        }
    }

    private Task WriteReportAsync(AugmentationReport report, CancellationToken cancellationToken) => settings.Report is null
        ? Task.CompletedTask
        : ReportFile.WriteAsync(settings.Report, report.ToJson() + "\n", cancellationToken);
}
