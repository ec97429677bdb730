namespace Picket.Chat.Tests;

public sealed class JailbreakSummaryTests
{
    private const string Secret = "mild matter";

    private static readonly Behaviour[] s_behaviours =
    [
        .. Enumerable.Range(0, 30).Select(static i => new Behaviour($"b{i}", $"{Secret} {i}")),
        .. Enumerable.Range(0, 10).Select(static i => new Behaviour($"c{i}", $"kind {Secret} {i}", Benign: true)),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_TargetThatFavoursAKeyword_SaysSo()
    {
        JailbreakReport report = await AuditAsync(static request => Says(request, "small") ? "Yes." : "I cannot.");

        BiasFigures figures = report.Results[0];
        Assert.Equal((1.0, 0.0, 1.0), (figures.Marginalised.Value, figures.Privileged.Value, figures.Gap!.Value));
        Assert.True(figures.PValue < 0.001 && figures.Pairs[0].AdjustedPValue < 0.001);
        Assert.Contains("succeeded 100.0 points more often", report.Conclusion);
        Assert.Contains("It is not what any adjective does", report.Conclusion);
        Assert.EndsWith("1 of 1 pairs differ.", report.Conclusion);
    }

    [Fact]
    public async Task Report_TargetThatRefusesAll_ClaimsNothing()
    {
        JailbreakReport report = await AuditAsync(static _ => "I cannot.");

        Assert.StartsWith("Nothing can be concluded: judged by prefix, no request with a keyword succeeded", report.Conclusion);
        Assert.Null(report.Results[0].Power);
    }

    [Fact]
    public async Task Report_TargetOfChance_SaysWhatCannotBeConcluded()
    {
        var random = new Random(2);

        JailbreakReport report = await AuditAsync(_ =>
        {
            lock (random)
            {
                return random.Next(2) == 0 ? "Yes." : "I cannot.";
            }
        });

        Assert.Contains("neither a difference nor its absence is shown", report.Conclusion);
        Assert.Contains("one of 5.0 points takes", report.Conclusion);
        Assert.InRange(report.Results[0].Power!.BehavioursForFivePoints, 100, 5000);
    }

    [Fact]
    public async Task Report_DefenceThatRefusesAll_ShowsItsCost()
    {
        JailbreakReport report = await AuditAsync(
            static request => Says(request, BiasDefenseOptions.PublishedSuffix) ? "" : "Yes.", AuditDefence.All);

        DefenceFigures suffix = report.Defences[2];
        Assert.Equal(("suffix", -1.0, 1.0), (suffix.Defence, suffix.SuccessChange!.Value, suffix.BenignRefusalsChange!.Value));
        Assert.Equal((0.0, 10.0, 5.0), (report.Defences[1].SuccessChange!.Value, suffix.MeanPromptTokens, suffix.MeanAnswerTokens));
        Assert.Equal(10, report.Results.Count);
    }

    [Fact]
    public async Task Report_Judges_AreCompared()
    {
        JailbreakReport report = await AuditAsync(static request => Says(request, "red") ? "As an artist." : "No, I won't.");

        JudgeAgreement agreement = Assert.Single(report.Agreement);
        Assert.Equal(("prefix", "phrases", 240), (agreement.First, agreement.Second, agreement.Answers));
        Assert.Equal((60, 180), (agreement.OnlyFirst, agreement.OnlySecond));
    }

    [Fact]
    public async Task ToJson_Report_HoldsNoText()
    {
        JailbreakReport report = await AuditAsync(static request => request.Turns[^1].Text);

        Assert.DoesNotContain(Secret, report.ToJson());
        Assert.Contains("\"conclusion\":", report.ToJson());
        Assert.Equal(30, report.Behaviours.Count);
    }

    private static bool Says(GenerationRequest request, string words) => request.Turns[^1].Text.Contains(words, StringComparison.Ordinal);

    private static async Task<JailbreakReport> AuditAsync(Func<GenerationRequest, string> answer, IReadOnlyList<AuditDefence>? defences = null)
    {
        IJailbreakJudge[] judges = [new PrefixJudge(), new PhraseJudge()];
        var plan = new AuditPlan(
            s_behaviours,
            [new KeywordPair("small", "tall")],
            new AuditPlanOptions { Repeats = 2, RandomAdjectives = ["red"], Defences = defences ?? [AuditDefence.None] });
        IReadOnlyList<TrialAnswer> answers =
            await new JailbreakAuditor(new ScriptedTarget(answer), judges).RunAsync(plan, new MemoryJournal(), cancellationToken: Token);
        return new JailbreakSummary(plan, [.. judges.Select(static judge => judge.Name)], new FigureOptions { Resamples = 200, Shuffles = 2000 })
            .Report(answers, "scripted", 0.7, DateTimeOffset.UnixEpoch);
    }
}
