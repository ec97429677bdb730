using System.CommandLine;
using Picket.Evaluation;

namespace Picket.Cli;

/// <summary><c>picket route eval</c>: its words, and what they are run with.</summary>
internal static class RouteEvalCommand
{
    private static readonly RouteEvaluationOptions s_defaults = new();

    private static readonly Option<string[]> Rows = Words.Several(
        "--rows", "FILE", "Routing rows to measure on, as picket route label writes them.", required: true);

    private static readonly Option<string[]> Router = Words.Several(
        "--router", "FILE", "Routers to compare, beside entropy, a random share and the oracle.");

    private static readonly Option<double> Share = Words.Value("--share", "P", "Compare all at this share of rows, too.", s_defaults.Share);

    private static readonly Option<string?> Small = Words.Text("--small", "GUARD", "The small guard: it scores --data edited, and is timed.");

    private static readonly Option<string?> Large = Words.Text("--large", "GUARD", "The large guard: it is timed.");

    private static readonly Option<string[]> Data = Words.Several("--data", "FILE", "The labelled files that --rows were made of.");

    private static readonly Option<string[]> LearnRows = Words.Several(
        "--learn-rows", "FILE", "Routing rows that the first learned router learned from: it learns again from poisoned ones.");

    private static readonly Option<string[]> LearnData = Words.Several("--learn-data", "FILE", "The labelled files that --learn-rows were made of.");

    private static readonly Option<double?> SmallMs = Words.Optional<double?>(
        "--small-ms", "MS", "What one input takes of the small guard. Default: timed.");

    private static readonly Option<double?> LargeMs = Words.Optional<double?>(
        "--large-ms", "MS", "What one input takes of the large guard. Default: timed.");

    private static readonly Option<double?> SmallCost = Words.Optional<double?>(
        "--small-cost", "C", "What 1,000 inputs cost at the small guard, in any currency.");

    private static readonly Option<double?> LargeCost = Words.Optional<double?>("--large-cost", "C", "What 1,000 inputs cost at the large guard.");

    private static readonly Option<string?> Out = Words.Text("--out", "FILE", "Write all figures to FILE as JSON.");

    private static readonly Option<string?> Html = Words.Text("--html", "FILE", "Write a page with the curves to FILE.");

    private static readonly Option<int> Resamples = Words.Number(
        "--resamples", "Bootstrap draws of prompts behind each 95 % interval; 0 makes none.", s_defaults.Resamples);

    private static readonly Option<long> Seed = Words.Value(
        "--seed", "N", "Seed of the bootstrap. Equal seeds give equal intervals.", s_defaults.Seed);

    public static Command Create(StandardStreams streams, GuardFactory loadGuard)
    {
        var command = new DocumentedCommand("eval", "Compares routers side by side: figures with intervals, trade-off curves, edits and poisoning.")
        {
            ExitStatuses =
            [
                (ExitStatus.Success, "measured"),
                (ExitStatus.Error, "an error, told on standard error"),
                (ExitStatus.Interrupted, "interrupted; no report was touched"),
            ],
            Examples =
            [
                ("picket route eval --rows test-routes.jsonl --router router.json --html report.html", "a router beside the baselines"),
                ("picket route eval --rows test-routes.jsonl --router a.json b.json --small ngram --large large-guard --data test.jsonl",
                    "with latencies, and routes under edits of the texts"),
                ("picket route eval --rows test-routes.jsonl --router a.json --small ngram --data test.jsonl --learn-rows routes.jsonl "
                    + "--learn-data train.jsonl",
                    "with the poisoning test"),
            ],
        };
        foreach (Option option in (Option[])
            [Rows, Router, Share, Small, Large, Data, LearnRows, LearnData, SmallMs, LargeMs, SmallCost, LargeCost, Out, Html, Resamples, Seed,
            GuardOptions.NoNormalise])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) =>
        {
            RouteEvalSettings settings = Settings(line);
            UsageException.ThrowIfAny(settings.Faults());
            TextWriter output = line.InvocationConfiguration.Output;
            return new RouteEvalRun(settings, streams, output, loadGuard, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }

    private static RouteEvalSettings Settings(ParseResult words) => new()
    {
        Rows = words.GetValue(Rows) ?? [],
        Routers = words.GetValue(Router) ?? [],
        Small = words.GetValue(Small),
        Large = words.GetValue(Large),
        Data = words.GetValue(Data) ?? [],
        LearnRows = words.GetValue(LearnRows) ?? [],
        LearnData = words.GetValue(LearnData) ?? [],
        JsonPath = words.GetValue(Out),
        HtmlPath = words.GetValue(Html),
        Normalise = !words.GetValue(GuardOptions.NoNormalise),
        Evaluation = new RouteEvaluationOptions
        {
            Share = words.GetValue(Share),
            Resamples = words.GetValue(Resamples),
            Seed = words.GetValue(Seed),
            SmallMilliseconds = words.GetValue(SmallMs),
            LargeMilliseconds = words.GetValue(LargeMs),
            SmallCost = words.GetValue(SmallCost),
            LargeCost = words.GetValue(LargeCost),
        },
    };
}
