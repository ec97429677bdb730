using System.CommandLine;
using Picket.Models;
using Picket.Training.Labelling;

namespace Picket.Cli;

/// <summary><c>picket label</c>: its words, and what they are run with.</summary>
internal static class LabelCommand
{
    private static readonly LabellerOptions Defaults = new();

    private static readonly Argument<string> Input = new("FILE") { Description = "The rows, in any format that eval reads." };

    private static readonly Option<string?> Guard = Words.Text(
        "--guard", "GUARD", $"The teacher: {GuardSource.Places}. Default: {EmbeddedGuards.Names[^1]}.");

    private static readonly Option<string> Out = Words.Required("--out", "FILE", "The labelled rows, JSON Lines; gzip when the name ends in .gz.");

    private static readonly Option<double?> Threshold = GuardOptions.Threshold($"{Defaults.Threshold}");

    private static readonly Option<bool> KeepLabels = Words.Switch(
        "--keep-labels", "Leave a label that a row has as it is, and add the probability only. Without it the teacher's replaces it.");

    private static readonly Option<string[]> Report = new("--report")
    {
        Description = "Write how the teacher's labels compare with those there were: figures to FILE.json, a page to FILE.html. May be repeated.",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<int> Surprising = Words.Number(
        "--surprising", "Rows the report names because teacher and label differ most.", Defaults.SurprisingRows);

    private static readonly Option<string?> Format = Words.Text(
        "--format", "NAME", "The format of FILE, one of those in docs/data-formats.md. Default: recognised by content.");

    private static readonly Option<int> Batch = Words.Number("--batch", "Rows scored in one call.", Defaults.BatchSize);

    private static readonly Option<int> Threads = Words.Number(
        "--threads", "Batches scored at a time; 0 for one a core. The result does not depend on it.", 0);

    public static Command Create(StandardStreams streams, GuardFactory loadGuard)
    {
        var command = new DocumentedCommand(
            "label", "Has a teacher label rows: its probability, a hard label, and where it differs from the old one.")
        {
            Examples =
            [
                ("picket label rows.jsonl --guard large-guard --out labelled.jsonl.gz", "a large guard labels for a small one to learn from"),
                ("picket label rows.csv --keep-labels --out labelled.jsonl", "given labels stay, with the teacher's probability beside them"),
                ("picket label rows.jsonl --guard https://guard.example --out labelled.jsonl", "a server labels"),
                ("picket label rows.jsonl --out labelled.jsonl --report r.json --report r.html", "with a report of the disagreements"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "every row is labelled"),
                (ExitStatus.Error, "an error, told on standard error; what was scored is kept, and the same command continues"),
                (ExitStatus.Interrupted, "interrupted; what was scored is kept, and the same command continues"),
            ],
        };
        command.Add(Input);
        foreach (Option option in (Option[])
            [Guard, Out, Threshold, KeepLabels, Report, Surprising, Format, Batch, Threads, GuardOptions.NoNormalise])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) =>
        {
            LabelSettings settings = Settings(line);
            UsageException.ThrowIfAny(settings.Faults());
            return new LabelRun(settings, streams, line.InvocationConfiguration.Output, loadGuard).RunAsync(cancellationToken);
        });
        return command;
    }

    /// <summary>What the words come to.</summary>
    internal static LabelSettings Settings(ParseResult words) => new()
    {
        Input = words.GetRequiredValue(Input),
        Output = words.GetRequiredValue(Out),
        Guard = words.GetValue(Guard) ?? EmbeddedGuards.Names[^1],
        Normalise = !words.GetValue(GuardOptions.NoNormalise),
        Reports = words.GetValue(Report) ?? [],
        Labelling = new LabellerOptions
        {
            Threshold = words.GetValue(Threshold) ?? Defaults.Threshold,
            KeepLabels = words.GetValue(KeepLabels),
            Format = words.GetValue(Format),
            BatchSize = words.GetValue(Batch),
            Parallelism = words.GetValue(Threads) is var threads && threads == 0 ? Defaults.Parallelism : threads,
            SurprisingRows = words.GetValue(Surprising),
        },
    };
}
