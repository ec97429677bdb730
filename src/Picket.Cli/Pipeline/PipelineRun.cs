namespace Picket.Cli;

/// <summary>One run of <c>picket pipeline</c>: the stages that are not done, then the report.</summary>
/// <remarks>
/// A stage that is killed goes on from its own journal or checkpoint. One whose settings or inputs are others than it was begun with is begun
/// anew, and its folder is kept under another name: answers were paid for, and a training took its time.
/// </remarks>
internal sealed class PipelineRun(Recipe recipe, PipelineServices services, TextWriter output)
{
    private const string Aside = ".before";

    /// <summary>Does what is left to do.</summary>
    /// <exception cref="PicketException">A stage failed; the same command goes on.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the same command goes on.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var journal = PipelineJournal.Open(recipe.Folder);
        foreach (PipelineStage stage in recipe.Stages)
        {
            var state = StageState.Of(stage, await stage.IdentityAsync(cancellationToken), journal.Find(stage.Name));
            Prepare(stage, state);
            await DoAsync(stage, state, journal, cancellationToken);
        }

        var report = PipelineReport.Of(recipe, journal, services.Clock.GetUtcNow());
        foreach ((string path, string text) in (
            (string, string)[])[(At("report.json"), report.ToJson()), (At("report.html"), PipelinePage.Render(report))])
        {
            await ReportFile.WriteAsync(path, text, cancellationToken);
            await output.WriteLineAsync($"Wrote {path}");
        }

        return ExitStatus.Success;
    }

    /// <summary>Says how the stages stand, and does nothing.</summary>
    /// <exception cref="PicketException">A file cannot be read.</exception>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<string, JournalStage> journal = PipelineJournal.ReadIn(recipe.Folder);
        PipelineStage? waits = null;
        foreach (PipelineStage stage in recipe.Stages)
        {
            // What reads the result of an unfinished stage cannot be told yet.
            StageState? state = waits is not null
                ? null
                : StageState.Of(stage, await stage.IdentityAsync(cancellationToken), journal.GetValueOrDefault(stage.Name));
            await output.WriteLineAsync($"{stage.Name}: {(state is null ? $"after {waits!.Name}" : Words(stage, state))}");
            waits ??= state!.Progress == StageProgress.Finished ? null : stage;
        }

        return ExitStatus.Success;
    }

    private static string Words(PipelineStage stage, StageState state) => state.Progress switch
    {
        StageProgress.New => "to be done",
        StageProgress.Begun => "goes on where it stopped",
        StageProgress.Finished => "done",
        _ => $"done anew, as these changed: {string.Join(", ", state.Differences)}; what there is goes to {stage.Folder}{Aside}",
    };

    private string At(string name) => Path.Combine(recipe.Folder, name);

    /// <summary>Leaves the stage's folder as the stage expects it.</summary>
    private static void Prepare(PipelineStage stage, StageState state)
    {
        if (!Directory.Exists(stage.Folder))
        {
            return;
        }

        if (state.Progress == StageProgress.New)
        {
            throw new PicketException(
                $"{stage.Folder}: expected no such folder, as {PipelineJournal.FileName} beside it does not know it, found one; move it away");
        }

        if (state.Progress == StageProgress.Changed)
        {
            string aside = stage.Folder + Aside;
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }

            Directory.Move(stage.Folder, aside);
        }
    }

    private async Task DoAsync(PipelineStage stage, StageState state, PipelineJournal journal, CancellationToken cancellationToken)
    {
        await services.Streams.Error.WriteLineAsync($"{stage.Name}: {(state.Progress == StageProgress.New ? "begins" : Words(stage, state))}");
        JournalStage entry = journal.Find(stage.Name) is { } found && state.Progress != StageProgress.Changed
            ? found
            : new JournalStage(state.Identity, services.Clock.GetUtcNow(), null, 0);
        if (state.Progress != StageProgress.Finished)
        {
            entry = entry with { Sittings = entry.Sittings + 1, Finished = null };
            journal.Write(stage.Name, entry);
            Directory.CreateDirectory(stage.Folder);
            await stage.RunAsync(output, cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        if (stage.Leftover is not null)
        {
            File.Delete(stage.Leftover);
        }

        if (entry.Finished is null)
        {
            journal.Write(stage.Name, entry with { Finished = services.Clock.GetUtcNow() });
        }
    }
}
