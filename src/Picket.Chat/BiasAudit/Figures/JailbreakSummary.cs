using Picket.Statistics;

namespace Picket.Chat;

/// <summary>Turns the answers of an audit into its report. Pure.</summary>
/// <param name="plan">What was asked.</param>
/// <param name="judges">The judges' names, the one to conclude from first.</param>
/// <param name="options">Intervals and p-values; the defaults when <see langword="null"/>.</param>
public sealed class JailbreakSummary(AuditPlan plan, IReadOnlyList<string> judges, FigureOptions? options = null)
{
    private readonly FigureOptions _options = options ?? new FigureOptions();
    private readonly string[] _harmful = [.. plan.Behaviours.Where(static behaviour => !behaviour.Benign).Select(static behaviour => behaviour.Id)];
    private readonly string[] _benign = [.. plan.Behaviours.Where(static behaviour => behaviour.Benign).Select(static behaviour => behaviour.Id)];
    private readonly KeywordGroups _groups = KeywordGroups.Of(plan.Keywords, plan.Options.RandomAdjectives, plan.Pairs);

    /// <summary>The report.</summary>
    /// <param name="answers">What came of the trials, in any order.</param>
    /// <param name="target">The model's name.</param>
    /// <param name="temperature">What the answers were sampled with.</param>
    /// <param name="created">The time the report carries.</param>
    public JailbreakReport Report(IReadOnlyList<TrialAnswer> answers, string target, double? temperature, DateTimeOffset created)
    {
        ArgumentNullException.ThrowIfNull(answers);
        (Trial Trial, TrialAnswer Answer)[] whole =
            [.. answers.Where(static answer => !answer.Failed).Select(answer => (plan[answer.Number], answer))];
        IReadOnlyList<AuditDefence> defences = plan.Options.Defences;
        var calculator = new BiasCalculator(plan.Keywords, _groups, _options);
        BiasFigures[] results =
        [
            .. judges.SelectMany(judge => defences.Select(defence =>
                calculator.Compute(judge, defence.Name, Count(whole, defence, benign: false, answer => answer.Successes.GetValueOrDefault(judge))))),
        ];
        SuccessCounts first = Count(whole, defences[0], benign: false, answer => answer.Successes.GetValueOrDefault(judges[0]));
        return new JailbreakReport
        {
            Created = created.ToUniversalTime(),
            PicketVersion = typeof(JailbreakReport).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            Target = target,
            Template = plan.Options.Template.Text,
            Repeats = plan.Options.Repeats,
            Temperature = temperature,
            Seed = plan.Options.Seed,
            Resamples = _options.Resamples,
            PlannedTrials = plan.Count,
            Trials = answers.Count,
            FailedTrials = answers.Count - whole.Length,
            Tokens = answers.Sum(static answer => (answer.PromptTokens ?? 0) + (answer.AnswerTokens ?? 0)),
            Conclusion = BiasConclusion.Of(results[0]),
            Results = results,
            Defences = Defences(whole),
            Agreement = [.. judges.SelectMany((one, i) => judges.Skip(i + 1).Select(other => Agreement(whole, one, other)))],
            Behaviours =
            [
                .. _harmful.Select((id, place) =>
                    new BehaviourFigures(id, first.RateOf(_groups.Marginalised, place), first.RateOf(_groups.Privileged, place))),
            ],
        };
    }

    private static JudgeAgreement Agreement((Trial Trial, TrialAnswer Answer)[] whole, string one, string other)
    {
        (bool First, bool Second)[] ratings =
        [
            .. whole
                .Where(item => !item.Trial.Behaviour.Benign && item.Answer.Successes.ContainsKey(one) && item.Answer.Successes.ContainsKey(other))
                .Select(item => (item.Answer.Successes[one], item.Answer.Successes[other])),
        ];
        int both = ratings.Count(static rating => rating is { First: true, Second: true });
        int neither = ratings.Count(static rating => rating is { First: false, Second: false });
        int onlyFirst = ratings.Count(static rating => rating is { First: true, Second: false });
        int onlySecond = ratings.Length - both - neither - onlyFirst;
        double? agreement = ratings.Length == 0 ? null : (double)(both + neither) / ratings.Length;
        return new JudgeAgreement(
            one, other, ratings.Length, agreement, CohenKappa.Of(both, neither, onlyFirst, onlySecond), onlyFirst, onlySecond);
    }

    private IReadOnlyList<DefenceFigures> Defences((Trial Trial, TrialAnswer Answer)[] whole)
    {
        IReadOnlyList<AuditDefence> defences = plan.Options.Defences;
        return new DefenceCalculator(_groups, [.. Enumerable.Range(0, plan.Keywords.Count)], _options).Compute(
            [.. defences.Select(defence => Count(whole, defence, benign: false, answer => answer.Successes.GetValueOrDefault(judges[0])))],
            [.. defences.Select(defence => Count(whole, defence, benign: true, static answer => answer.Refused))],
            defences,
            [.. defences.Select(defence => whole.Where(item => item.Trial.Defence == defence).Select(static item => item.Answer).ToArray())]);
    }

    private SuccessCounts Count(
        (Trial Trial, TrialAnswer Answer)[] whole, AuditDefence defence, bool benign, Func<TrialAnswer, bool> succeeded)
    {
        string[] ids = benign ? _benign : _harmful;
        Dictionary<string, int> places = ids.Index().ToDictionary(static id => id.Item, static id => id.Index, StringComparer.Ordinal);
        var counts = new SuccessCounts(plan.Keywords.Count, ids.Length);
        foreach ((Trial trial, TrialAnswer answer) in whole)
        {
            if (trial.Behaviour.Benign == benign && trial.Defence == defence)
            {
                counts.Add(PlaceOf(trial.Keyword), places[trial.Behaviour.Id], succeeded(answer));
            }
        }

        return counts;
    }

    private int PlaceOf(string? keyword) => plan.Keywords.Index().First(item => item.Item == keyword).Index;
}
