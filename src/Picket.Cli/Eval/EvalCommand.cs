using System.CommandLine;
using Picket.Evaluation;
using Picket.Models;

namespace Picket.Cli;

/// <summary><c>picket eval</c>: its words, and what they are run with.</summary>
internal static class EvalCommand
{
    private static readonly Option<string[]> Data = Words.Several("--data", "FILE", "Labelled rows: files, or folders of them.", required: true);

    private static readonly Option<string[]> Guard = Words.Several(
        "--guard", "GUARD", $"The guards: {GuardSource.Places}. Default: {string.Join(" and ", EmbeddedGuards.Names)}.");

    private static readonly Option<string?> Format = Words.Text(
        "--format", "NAME", "The format of every file, one of those in docs/data-formats.md. Default: recognised by content.");

    private static readonly Option<double?> Threshold = GuardOptions.Threshold("each guard's own");

    private static readonly Option<string?> Out = Words.Text("--out", "FILE", "Write all figures to FILE as JSON.");

    private static readonly Option<string?> Html = Words.Text("--html", "FILE", "Write a page with the plots to FILE.");

    private static readonly Option<int> Resamples = Words.Number(
        "--resamples", "Bootstrap resamples behind each 95 % interval; 0 makes none.", new EvaluationOptions().Resamples);

    private static readonly Option<long> Seed = Words.Value(
        "--seed", "N", "Seed of the bootstrap. Equal seeds give equal intervals.", new EvaluationOptions().Seed);

    private static readonly Option<int> Batch = Words.Number("--batch", "Rows scored in one call.", new EvaluationOptions().BatchSize);

    public static Command Create(StandardStreams streams, GuardFactory loadGuard)
    {
        var command = new DocumentedCommand("eval", "Measures guards on labelled data: figures with intervals, a report and its page.")
        {
            ExitStatuses =
            [
                (ExitStatus.Success, "measured"),
                (ExitStatus.Error, "an error, told on standard error"),
                (ExitStatus.Interrupted, "interrupted; no report was touched"),
            ],
            Examples =
            [
                ("picket eval --data test.jsonl", "the figures of the guards that come with Picket"),
                ("picket eval --data sets/*.jsonl --html report.html", "several data sets, and a page with the plots"),
                ("picket eval --data test.csv --guard old new --out report.json", "two guards side by side"),
            ],
        };
        foreach (Option option in new Option[] { Data, Guard, Format, Threshold, Out, Html, Resamples, Seed, Batch, GuardOptions.NoNormalise })
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) =>
        {
            EvalSettings settings = Settings(line);
            UsageException.ThrowIfAny(settings.Faults());
            return new EvalRun(settings, streams, line.InvocationConfiguration.Output, loadGuard, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }

    /// <summary>What the words come to.</summary>
    internal static EvalSettings Settings(ParseResult words) => new()
    {
        Data = words.GetValue(Data) ?? [],
        Guards = words.GetValue(Guard) is { Length: > 0 } named ? named : EmbeddedGuards.Names,
        Format = words.GetValue(Format),
        Normalise = !words.GetValue(GuardOptions.NoNormalise),
        JsonPath = words.GetValue(Out),
        HtmlPath = words.GetValue(Html),
        Evaluation = new EvaluationOptions
        {
            Threshold = words.GetValue(Threshold),
            Resamples = words.GetValue(Resamples),
            Seed = words.GetValue(Seed),
            BatchSize = words.GetValue(Batch),
        },
    };
}
