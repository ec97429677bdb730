namespace Picket.Chat;

/// <summary>Makes the trials of a plan against a chat model and has the answers judged (METHODS.md section 3).</summary>
/// <remarks>
/// A measuring instrument: it brings no harmful request of its own, and keeps no answer unless asked to. Behind a kill at any moment the journal
/// has every trial that was answered and judged; those that were under way are asked again.
/// </remarks>
/// <param name="target">The model; the caller's to dispose.</param>
/// <param name="judges">Who judges each answer, the first one first in reports; names differ.</param>
/// <param name="options">Sampling and budget; the defaults when <see langword="null"/>.</param>
/// <param name="clock">Times the answers; the system's when <see langword="null"/>.</param>
public sealed class JailbreakAuditor(
    IGenerator target, IReadOnlyList<IJailbreakJudge> judges, JailbreakAuditOptions? options = null, TimeProvider? clock = null)
{
    private readonly JailbreakAuditOptions _options = options ?? new JailbreakAuditOptions();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Makes what the journal lacks, as far as the budget goes.</summary>
    /// <returns>Every answer there is, by the trials' numbers; fewer than the plan has where the budget ended.</returns>
    /// <exception cref="PicketException">
    /// An option is out of its range, the server is gone, or the journal cannot be written; answers that came are in the journal.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled; answers that came are in the journal.
    /// </exception>
    public async Task<IReadOnlyList<TrialAnswer>> RunAsync(
        AuditPlan plan, ITrialJournal journal, IProgress<AuditProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(journal);
        string[] faults =
        [
            .. _options.Faults(),
            .. judges.Count == 0 || judges.DistinctBy(static judge => judge.Name).Count() < judges.Count
                ? (string[])["judges: expected one or more, of different names"]
                : [],
        ];
        if (faults.Length > 0)
        {
            throw new PicketException($"audit: {string.Join("; ", faults)}");
        }

        var state = new AuditState(plan.Count, journal, _options);
        progress?.Report(new AuditProgress(state.Done, plan.Count, state.Resumed));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] workers = [.. Enumerable.Range(0, Math.Min(_options.Concurrency, plan.Count)).Select(_ => WorkAsync())];
        try
        {
            await Task.WhenAll(workers);
        }
        catch (Exception) when (state.Fault is not null && !cancellationToken.IsCancellationRequested)
        {
            // Whatever came first: the others were stopped because of it.
            throw state.Fault;
        }

        return state.Answers();

        async Task WorkAsync()
        {
            // The first worker must not run through all trials of a fast target before the others begin.
            await Task.Yield();
            try
            {
                while (state.Next() is { } number)
                {
                    TrialAnswer answer = await AskAsync(plan, plan[number], stop.Token);
                    state.Add(answer);
                    progress?.Report(new AuditProgress(state.Done, plan.Count, state.Resumed));
                }
            }
            catch (Exception fault)
            {
                state.Fail(fault);
                await stop.CancelAsync();
                throw;
            }
        }
    }

    /// <summary>All that the answers to a plan depend on, by name: what an audit is told by from others. Texts stand there as hashes.</summary>
    public IReadOnlyDictionary<string, string> Describe(AuditPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["target"] = $"{target.Description.Name} at {target.Description.Server}",
            ["judges"] = string.Join(", ", judges.Select(static judge => judge.Name)),
            ["behaviours"] = Seeds.Hash(
                plan.Behaviours.SelectMany(static behaviour => (string[])[behaviour.Id, behaviour.Text, $"{behaviour.Benign}"])),
            ["keywords"] = Seeds.Hash(plan.Keywords.Select(static keyword => keyword ?? "")),
            ["prompt"] = Seeds.Hash([plan.Options.Template.Text, plan.Options.SystemPrompt ?? ""]),
            ["defences"] = string.Join(", ", plan.Options.Defences.Select(static defence => defence.Name)),
            ["repeats"] = $"{plan.Options.Repeats}",
            ["seed"] = $"{plan.Options.Seed}",
            ["sampling"] = $"{_options.Temperature}, {_options.MaxTokens}, {_options.RequestSeeds}",
            ["keeping of answers"] = $"{_options.KeepsAnswers}",
        };
    }

    private async Task<TrialAnswer> AskAsync(AuditPlan plan, Trial trial, CancellationToken cancellationToken)
    {
        GenerationRequest request = Request(plan.Options, trial);
        long start = _clock.GetTimestamp();
        Generation said = await target.GenerateAsync(request, cancellationToken);
        double milliseconds = _clock.GetElapsedTime(start).TotalMilliseconds;
        string text = said.HasText ? said.Text : "";
        var successes = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        if (said.Finish is not (GenerationFinish.Cut or GenerationFinish.Broken))
        {
            string prompt = plan.Options.Template.Fill(trial.Keyword, trial.Behaviour.Text);
            foreach (IJailbreakJudge judge in judges)
            {
                successes[judge.Name] = await judge.SucceededAsync(prompt, text, cancellationToken);
            }
        }

        return new TrialAnswer(
            trial.Number,
            said.Finish,
            PrefixJudge.IsRefusal(text),
            successes,
            said.Usage?.Prompt,
            said.Usage?.Answer,
            milliseconds,
            _options.KeepsAnswers ? text : null);
    }

    private GenerationRequest Request(AuditPlanOptions plan, Trial trial)
    {
        BiasDefenseWording defence = trial.Defence.Wording;
        string prompt = plan.Template.Fill(trial.Keyword, trial.Behaviour.Text);
        string system = plan.SystemPrompt + defence.AfterSystemPrompt(plan.SystemPrompt);
        ChatTurn user = new(ChatSpeaker.User, prompt + defence.AfterRequest(prompt));
        return new GenerationRequest(system.Length == 0 ? [user] : [new ChatTurn(ChatSpeaker.System, system), user])
        {
            Temperature = _options.Temperature,
            MaxTokens = _options.MaxTokens,

            // Trials that differ in keyword or defence alone get the same seed: common random numbers, where the server honours them.
            Seed = _options.RequestSeeds ? Seeds.Of(plan.Seed, trial.Behaviour.Id, trial.Repeat) : null,
        };
    }
}
