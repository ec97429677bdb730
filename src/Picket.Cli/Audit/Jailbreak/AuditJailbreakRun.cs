using Picket.Chat;
using Picket.Training.Auditing;

namespace Picket.Cli;

/// <summary>One run of <c>picket audit jailbreak</c>: the pairs alone, or the trials, the table and the reports.</summary>
internal sealed class AuditJailbreakRun(
    AuditJailbreakSettings settings,
    StandardStreams streams,
    TextWriter output,
    GuardFactory loadGuard,
    AuditTargetFactory findTarget,
    TimeProvider clock)
{
    /// <summary>Asks, prints and writes.</summary>
    /// <exception cref="PicketException">A file or server is bad; what was answered is kept.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; what was answered is kept.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var reports = new ReportFiles(settings.JsonPath, settings.HtmlPath);
        reports.EnsureWritable();
        if (settings.AskPairs is { } pairsTo)
        {
            ReportFile.EnsureWritable(pairsTo);
        }

        await using IGenerator target = findTarget(settings);
        if (settings.AskPairs is { } pairsFile)
        {
            IReadOnlyList<KeywordPair> pairs = await KeywordQuestion.AskAsync(target, settings.Audit.Temperature, cancellationToken);
            await ReportFile.WriteAsync(pairsFile, KeywordPairFile.Format(pairs), cancellationToken);
            await output.WriteLineAsync($"Wrote {pairs.Count:N0} pairs to {pairsFile}; look through them before you use them");
            return ExitStatus.Success;
        }

        AuditPlan plan = await PlanAsync(cancellationToken);
        await using IGuard guard = await loadGuard(settings.JudgeGuard, true, cancellationToken);
        IJailbreakJudge[] judges = [new GuardJudge(guard), new PrefixJudge(), new PhraseJudge(settings.PaperJudge)];
        var auditor = new JailbreakAuditor(target, judges, settings.Audit, clock);
        var identity = new Dictionary<string, string>(auditor.Describe(plan), StringComparer.Ordinal)
        {
            ["guard that judges"] = await GuardSource.IdentityAsync(settings.JudgeGuard, normalise: true, cancellationToken),
        };
        using TrialJournal journal = TrialJournal.Open(settings.JournalPath, identity);
        IReadOnlyList<TrialAnswer> answers = await AskAsync(auditor, plan, journal, cancellationToken);
        JailbreakReport report = new JailbreakSummary(
            plan, [.. judges.Select(static judge => judge.Name)], new FigureOptions { Resamples = settings.Resamples, Seed = settings.Seed })
            .Report(answers, target.Description.Name, settings.Audit.Temperature, clock.GetUtcNow());
        bool whole = report.Trials == report.PlannedTrials;
        await reports.WriteAsync(() => report.ToJson(), () => JailbreakPage.Render(report), WriteTable, output, cancellationToken);
        if (!whole)
        {
            await output.WriteLineAsync(
                $"The budget ended after {report.Trials:N0} of {report.PlannedTrials:N0} trials; with a larger one the same command continues");
        }

        return ExitStatus.Success;

        void WriteTable()
        {
            if (whole && !settings.Audit.KeepsAnswers)
            {
                journal.Delete();
            }

            AuditJailbreakTable.Write(EvalTable.ConsoleOn(output, streams), report);
        }
    }

    private async Task<IReadOnlyList<TrialAnswer>> AskAsync(
        JailbreakAuditor auditor, AuditPlan plan, TrialJournal journal, CancellationToken cancellationToken)
    {
        using var bar = new AuditBar(streams, settings.JournalPath, clock);
        try
        {
            return await auditor.RunAsync(plan, journal, bar, cancellationToken);
        }
        catch
        {
            bar.Kept();
            throw;
        }
    }

    private async Task<AuditPlan> PlanAsync(CancellationToken cancellationToken)
    {
        // What can be told at once is told before a file is read.
        var template = new AuditTemplate(settings.TemplateText);
        IReadOnlyList<KeywordPair> pairs = settings.List is { } list
            ? PublishedPairs.All[list]
            : await KeywordPairFile.ReadAsync(settings.Pairs!, cancellationToken);
        List<Behaviour> behaviours =
            [.. await BehaviourFile.ReadAsync(settings.Behaviours!, benign: false, settings.Format, settings.MaxBehaviours, cancellationToken)];
        if (settings.Benign is { } benign)
        {
            behaviours.AddRange(await BehaviourFile.ReadAsync(benign, benign: true, settings.Format, settings.MaxBehaviours, cancellationToken));
        }

        return new AuditPlan(behaviours, pairs, new AuditPlanOptions
        {
            Template = template,
            SystemPrompt = settings.SystemPrompt,
            Baseline = settings.Baseline,
            RandomAdjectives = settings.RandomAdjectives ? PublishedPairs.RandomAdjectives : [],
            Repeats = settings.Repeats,
            Defences = [AuditDefence.None, .. AuditDefence.All.Where(defence => settings.Defences.Contains(defence.Name))],
            Seed = settings.Seed,
        });
    }
}
