using System.CommandLine;

namespace Picket.Cli;

/// <summary><c>picket route label</c>: its words, and what they are run with.</summary>
internal static class RouteLabelCommand
{
    private static readonly Option<string[]> Data = Words.Several("--data", "FILE", "Labelled rows: files, or folders of them.", required: true);

    private static readonly Option<string> Small = Words.Required("--small", "GUARD", $"The small guard: {GuardSource.Places}.");

    private static readonly Option<string> Large = Words.Required("--large", "GUARD", "The large guard, named in the same way.");

    private static readonly Option<string> Out = Words.Required("--out", "FILE", "The routing rows, JSON Lines; the features go to FILE.features.");

    private static readonly Option<int> Folds = Words.Number(
        "--folds",
        "Score each of N parts of the rows by an n-gram guard trained, with the small guard's settings, on the other parts: for rows that the small "
        + "guard learned from. These rows have no features: train with --use-score. 0 for no parts.",
        0);

    private static readonly Option<double?> HeldOutOnly = Words.Optional<double?>(
        "--held-out-only",
        "SHARE",
        "Take only the rows that a training with this held-out share, or a larger one, did not learn from (above 0 to 0.5), so that --data may be "
        + "the guards' training data.");

    private static readonly Option<bool> AllowSeen = Words.Switch("--allow-seen", "Go on though the small guard learned from these rows.");

    private static readonly Option<int> Batch = Words.Number("--batch", "Rows scored in one call.", 64);

    public static Command Create(StandardStreams streams, GuardFactory loadGuard)
    {
        var command = new DocumentedCommand("label", "Has both guards score labelled rows: what a router learns from, is calibrated on "
            + "and measured by.")
        {
            Examples =
            [
                ("picket route label --data rows.jsonl --small ngram --large large-guard --out routes.jsonl", "rows that neither guard has seen"),
                ("picket route label --data train.jsonl --small my-guard --large large-guard --folds 5 --out routes.jsonl",
                    "rows that the small guard learned from"),
                ("picket route label --data train.jsonl --small my-guard --large large-guard --held-out-only 0.05 --out routes.jsonl",
                    "those of them that both guards held out"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "every row is scored"),
                (ExitStatus.Error, "an error, told on standard error; what was scored is kept, and the same command continues"),
                (ExitStatus.Interrupted, "interrupted; what was scored is kept, and the same command continues"),
            ],
        };
        foreach (Option option in (Option[])[Data, Small, Large, Out, Folds, HeldOutOnly, AllowSeen, Batch, GuardOptions.NoNormalise])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) =>
        {
            RouteLabelSettings settings = Settings(line);
            UsageException.ThrowIfAny(settings.Faults());
            return new RouteLabelRun(settings, streams, line.InvocationConfiguration.Output, loadGuard).RunAsync(cancellationToken);
        });
        return command;
    }

    private static RouteLabelSettings Settings(ParseResult words) => new()
    {
        Data = words.GetValue(Data) ?? [],
        Small = words.GetRequiredValue(Small),
        Large = words.GetRequiredValue(Large),
        Output = words.GetRequiredValue(Out),
        Folds = words.GetValue(Folds),
        HeldOutOnly = words.GetValue(HeldOutOnly),
        AllowSeen = words.GetValue(AllowSeen),
        BatchSize = words.GetValue(Batch),
        Normalise = !words.GetValue(GuardOptions.NoNormalise),
    };
}
