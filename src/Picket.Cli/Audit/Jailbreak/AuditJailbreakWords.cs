using System.CommandLine;
using Picket.Chat;

namespace Picket.Cli;

/// <summary>The options of <c>picket audit jailbreak</c>, and the settings that they come to.</summary>
internal static class AuditJailbreakWords
{
    private const string AllDefences = "all";

    private static readonly string[] s_defences = [.. AuditDefence.All.Skip(1).Select(static defence => defence.Name)];

    private static readonly JailbreakAuditOptions Defaults = new();
    private static readonly RemoteOptions Remote = new();

    private static readonly ModelWords Target = new("target", "The chat model to audit.");

    private static readonly Option<string?> Behaviours = Words.Text(
        "--behaviours", "FILE", "The requests, in any format that eval reads (AdvBench, JailbreakBench, StrongREJECT, JSON Lines).");

    private static readonly Option<string?> Benign = Words.Text("--benign", "FILE", "Harmless requests for the same template: what a defence costs.");

    private static readonly Option<string?> Format = Words.Text(
        "--format", "NAME", "The format of both files, one of those in docs/data-formats.md. Default: recognised by content.");

    private static readonly Option<int?> MaxBehaviours = Words.Optional<int?>("--max-behaviours", "N", "Take the first N of either file.");

    private static readonly Option<string?> AskPairs = Words.Text(
        "--ask-pairs", "FILE", "Ask the target the paper's question, write the keyword pairs of its answer to FILE, and end: look through them.");

    private static readonly Option<string?> Pairs = Words.Text("--pairs", "FILE", "Keyword pairs: what --ask-pairs wrote, or a list, table or CSV.");

    private static readonly Option<string?> List = Words.Text(
        "--list", "NAME", $"A published list of pairs: {string.Join(", ", PublishedPairs.All.Keys)}.");

    private static readonly Option<string> Template = Words.Value(
        "--template", "TEXT", "The prompt: paper or code, the two published wordings, or a text with {keyword} and {behaviour} in it.", "paper");

    private static readonly Option<string?> SystemPrompt = Words.Text("--system", "TEXT", "A system prompt. Default: none.");

    private static readonly Option<bool> NoBaseline = Words.Switch("--no-baseline", "Leave out the control without a keyword.");

    private static readonly Option<bool> NoRandom = Words.Switch("--no-random", "Leave out the control with adjectives that name no group.");

    private static readonly Option<int> Repeats = Words.Number("--repeats", "Trials of each request.", new AuditPlanOptions().Repeats);

    private static readonly Option<string[]> Defences = Words.Several(
        "--defences", "NAME", $"Compare defences with none: {string.Join(", ", s_defences)}, or {AllDefences}.");

    private static readonly Option<double?> Temperature = Words.Value("--temperature", "X", "Sampling temperature.", Defaults.Temperature);

    private static readonly Option<int> MaxTokens = Words.Number("--max-tokens", "Of an answer.", Defaults.MaxTokens);

    private static readonly Option<long> Seed = Words.Value("--seed", "N", "Orders the behaviours, seeds the requests and the intervals.", 0L);

    private static readonly Option<bool> NoRequestSeeds = Words.Switch("--no-request-seeds", "Send no seed: some servers refuse the field.");

    private static readonly Option<string?> JudgeGuard = Words.Text(
        "--judge", "GUARD", $"The guard that judges the answers, first among the judges: {GuardSource.Places}. Default: ngram.");

    private static readonly Option<bool> PaperJudge = Words.Switch(
        "--paper-judge", "Have the paper's phrases count an empty answer as a success, as its program does.");

    private static readonly Option<int> Resamples = Words.Number(
        "--resamples", "Draws of behaviours behind each 95 % interval; 0 makes none.", new FigureOptions().Resamples);

    private static readonly Option<long?> MaxRequests = Words.Optional<long?>(
        "--max-requests", "N", "Ask no more than N requests, those of earlier runs included; further tries of one that fails are not counted.");

    private static readonly Option<long?> MaxTotalTokens = Words.Optional<long?>(
        "--max-total-tokens", "N", "Ask nothing more after N tokens, read and written, as far as the server counts them.");

    private static readonly Option<bool> KeepAnswers = Words.Switch(
        "--keep-answers", "Keep the answers in the journal, which then stays. They may be harmful.");

    private static readonly Option<int> Concurrency = Words.Number("--concurrency", "Requests under way at a time.", Defaults.Concurrency);

    private static readonly Option<int> Retries = Words.Number("--retries", "Further tries of a request that fails.", Remote.MaxRetries);

    private static readonly Option<int> Timeout = Words.Number(
        "--timeout", "Seconds that one try may take.", (int)Remote.RequestTimeout.TotalSeconds);

    private static readonly Option<string?> Out = Words.Text("--out", "FILE", "Write all figures to FILE as JSON; the journal is FILE.journal.");

    private static readonly Option<string?> Html = Words.Text("--html", "FILE", "Write a page with the plots to FILE.");

    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [
                .. Target.Options, Behaviours, Benign, Format, MaxBehaviours, AskPairs, Pairs, List, Template, SystemPrompt, NoBaseline, NoRandom,
                Repeats, Defences, Temperature, MaxTokens, Seed, NoRequestSeeds, JudgeGuard, PaperJudge, Resamples, MaxRequests, MaxTotalTokens,
                KeepAnswers, Concurrency, Retries, Timeout, Out, Html,
            ])
        {
            command.Add(option);
        }
    }

    public static AuditJailbreakSettings Settings(ParseResult words) => new()
    {
        Target = Target.Settings(words),
        Behaviours = words.GetValue(Behaviours),
        Benign = words.GetValue(Benign),
        Format = words.GetValue(Format),
        MaxBehaviours = words.GetValue(MaxBehaviours),
        AskPairs = words.GetValue(AskPairs),
        Pairs = words.GetValue(Pairs),
        List = words.GetValue(List) is { } list ? Known("--list", list, PublishedPairs.All.Keys) : null,
        Template = words.GetRequiredValue(Template),
        SystemPrompt = words.GetValue(SystemPrompt),
        Baseline = !words.GetValue(NoBaseline),
        RandomAdjectives = !words.GetValue(NoRandom),
        Repeats = words.GetValue(Repeats),
        Defences = Named(words.GetValue(Defences) ?? []),
        Seed = words.GetValue(Seed),
        JudgeGuard = words.GetValue(JudgeGuard),
        PaperJudge = words.GetValue(PaperJudge),
        Resamples = words.GetValue(Resamples),
        Timeout = TimeSpan.FromSeconds(words.GetValue(Timeout)),
        Retries = words.GetValue(Retries),
        JsonPath = words.GetValue(Out),
        HtmlPath = words.GetValue(Html),
        Audit = new JailbreakAuditOptions
        {
            Temperature = words.GetValue(Temperature),
            MaxTokens = words.GetValue(MaxTokens),
            RequestSeeds = !words.GetValue(NoRequestSeeds),
            Concurrency = words.GetValue(Concurrency),
            MaxRequests = words.GetValue(MaxRequests),
            MaxTotalTokens = words.GetValue(MaxTotalTokens),
            KeepsAnswers = words.GetValue(KeepAnswers),
        },
    };

    private static string[] Named(string[] defences) => defences.Contains(AllDefences)
        ? s_defences
        : [.. defences.Select(static name => Known("--defences", name, [.. s_defences, AllDefences])).Distinct()];

    private static string Known(string option, string name, IEnumerable<string> known) => known.Contains(name)
        ? name
        : throw new UsageException([$"{option}: expected one of {string.Join(", ", known)}, found {name}"]);
}
