using System.CommandLine;
using Picket.Fairness;
using Picket.Models;

namespace Picket.Cli;

/// <summary><c>picket audit guard</c>: its words, and what they are run with.</summary>
internal static class AuditGuardCommand
{
    private static readonly Option<string[]> Data = Words.Several(
        "--data", "FILE",
        $"Labelled texts: templates with {IdentityRows.Placeholder} in them, or rows whose category is template=NAME;identity=TERM. "
            + "Files, or folders of them. Default: Picket's own mild templates.");

    private static readonly Option<string[]> Guard = Words.Several(
        "--guard", "GUARD",
        $"The guards: {CascadeGuard.Name}, as check uses it; {GuardSource.Places}. "
            + $"Default: {string.Join(" and ", EmbeddedGuards.Names)}.");

    private static readonly Option<string?> Terms = Words.Text(
        "--terms", "FILE", "Identity terms for templates, lines of the form religion: Muslim, Christian. Default: Picket's own.");

    private static readonly Option<string?> Format = Words.Text(
        "--format", "NAME", "The format of every file, one of those in docs/data-formats.md. Default: recognised by content.");

    private static readonly Option<double?> Threshold = GuardOptions.Threshold("each guard's own");

    private static readonly Option<string?> Out = Words.Text("--out", "FILE", "Write all figures to FILE as JSON.");

    private static readonly Option<string?> Html = Words.Text("--html", "FILE", "Write a page with the plots to FILE.");

    private static readonly Option<int> Resamples = Words.Number(
        "--resamples",
        "Draws of templates behind each 95 % interval, and shuffles behind each p-value; 0 makes neither.",
        new FairnessOptions().Resamples);

    private static readonly Option<long> Seed = Words.Value(
        "--seed", "N", "Seed of both. Equal seeds give equal figures.", new FairnessOptions().Seed);

    private static readonly Option<int> Batch = Words.Number("--batch", "Rows scored in one call.", new FairnessOptions().BatchSize);

    public static Command Create(StandardStreams streams, GuardFactory loadGuard, CascadeFactory loadCascade)
    {
        var command = new DocumentedCommand(
            "guard", "Compares a guard's verdicts on texts that differ in an identity term alone: rates and gaps by term, flips, bias AUCs.")
        {
            ExitStatuses =
            [
                (ExitStatus.Success, "measured"),
                (ExitStatus.Error, "an error, told on standard error"),
                (ExitStatus.Interrupted, "interrupted; no report was touched"),
            ],
            Examples =
            [
                ("picket audit guard", "the guards that come with Picket, on its own templates"),
                ("picket audit guard --data templates.jsonl --terms terms.txt --html report.html",
                    "your templates and terms, and a page with the plots"),
                ("picket audit guard --guard before after --out report.json", "two guards side by side"),
            ],
        };
        foreach (Option option in (Option[])[Data, Guard, Terms, Format, Threshold, Out, Html, Resamples, Seed, Batch, GuardOptions.NoNormalise])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) =>
        {
            AuditGuardSettings settings = Settings(line);
            UsageException.ThrowIfAny(settings.Faults());
            GuardFactory load = Loader(loadGuard, loadCascade, settings.Fairness.Threshold);
            return new AuditGuardRun(settings, streams, line.InvocationConfiguration.Output, load, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }

    private static AuditGuardSettings Settings(ParseResult words) => new()
    {
        Data = words.GetValue(Data) ?? [],
        Guards = words.GetValue(Guard) is { Length: > 0 } named ? named : EmbeddedGuards.Names,
        Terms = words.GetValue(Terms),
        Format = words.GetValue(Format),
        Normalise = !words.GetValue(GuardOptions.NoNormalise),
        JsonPath = words.GetValue(Out),
        HtmlPath = words.GetValue(Html),
        Fairness = new FairnessOptions
        {
            Threshold = words.GetValue(Threshold),
            Resamples = words.GetValue(Resamples),
            Seed = words.GetValue(Seed),
            BatchSize = words.GetValue(Batch),
        },
    };

    // The threshold is the cascade's own affair, so that what it is asked for is one half of what the guard around it says.
    private static GuardFactory Loader(GuardFactory loadGuard, CascadeFactory loadCascade, double? threshold) =>
        async (place, normalise, cancellationToken) => place == CascadeGuard.Name && !Directory.Exists(place)
            ? new CascadeGuard(await loadCascade(null, normalise, threshold, cancellationToken))
            : await loadGuard(place, normalise, cancellationToken);
}
