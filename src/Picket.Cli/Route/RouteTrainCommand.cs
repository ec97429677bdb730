using System.CommandLine;
using Picket.Models.Routing;
using Picket.Training.RouterTraining;

namespace Picket.Cli;

/// <summary><c>picket route train</c>: routing rows in, a router out.</summary>
internal static class RouteTrainCommand
{
    private const string Temperature = "entropy-ts";
    private const string Batch = "entropy-bc";
    private const string Contextual = "entropy-cc";
    private static readonly RouterTrainingOptions s_defaults = new();
    private static readonly string[] s_kinds = [.. RouterKinds.All, Temperature, Batch, Contextual];

    private static readonly Option<string[]> Rows = Words.Several(
        "--rows", "FILE", "Routing rows to learn from, as picket route label writes them.", required: true);

    private static readonly Option<string> Out = Words.Required(
        "--out", "FILE", "The router: a file that ends in .json. What was learned goes to a file of its name in .safetensors.");

    private static readonly Option<string> Kind = Words.Value(
        "--kind",
        "KIND",
        $"One of {string.Join(", ", s_kinds)}. The last three are entropy after temperature scaling, batch calibration and contextual calibration.",
        s_defaults.Kind);

    private static readonly Option<string?> Small = Words.Text(
        "--small", "GUARD", $"The small guard, of which {Contextual} asks what it says of an empty text.");

    private static readonly Option<bool> Paper = Words.Switch(
        "--paper", "Of the Bayesian router: Adam and one Monte-Carlo sample, as the paper has it.");

    private static readonly Option<bool> UseScore = Words.Switch("--use-score", "Read the small guard's logit and entropy beside its features.");

    private static readonly Option<bool> Standardise = Words.Switch("--standardise", "Bring features to mean 0 and deviation 1.");

    private static readonly Option<bool> NoRegion = Words.Switch("--no-region", "Do not escalate what lies far from the features of these rows.");

    private static readonly Option<int> Hidden = Words.Number("--hidden", "Width of the hidden layers; 0 for one that fits the features.", 0);

    private static readonly Option<int> Epochs = Words.Number("--epochs", "Passes over the rows.", s_defaults.Epochs);

    private static readonly Option<int> Samples = Words.Number(
        "--samples", "Monte-Carlo samples that a Bayesian router decides by; 0 for the posterior's mean.", s_defaults.Samples);

    private static readonly Option<int> Seed = Words.Number(
        "--seed", "Seed; the same rows, options and seed give the same router.", s_defaults.Seed);

    private static readonly Option<int> Threads = Words.Number("--threads", "Threads; 0 for one a core. The result does not depend on it.", 0);

    public static Command Create(StandardStreams streams, GuardFactory loadGuard)
    {
        var command = new DocumentedCommand("train", "Learns a router from routing rows.")
        {
            Examples =
            [
                ("picket route train --rows routes.jsonl --out router.json", "the Bayesian network of SafeRoute"),
                ("picket route train --rows routes.jsonl --kind logistic --standardise --out router.json", "logistic regression"),
                ("picket route train --rows routes.jsonl --kind entropy-ts --out entropy.json", "a baseline to compare with"),
            ],
        };
        foreach (Option option in (Option[])
            [Rows, Out, Kind, Small, Paper, UseScore, Standardise, NoRegion, Hidden, Epochs, Samples, Seed, Threads])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => Task.Run(() => RunAsync(line, streams, loadGuard, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult line, StandardStreams streams, GuardFactory loadGuard, CancellationToken cancellationToken)
    {
        string kind = line.GetValue(Kind)!;
        string path = line.GetRequiredValue(Out);
        bool learned = RouterKinds.IsLearned(kind);
        RouterTrainingOptions options = Options(line) with { Kind = learned ? kind : s_defaults.Kind };
        UsageException.ThrowIfAny(
        [
            .. s_kinds.Contains(kind) ? (string[])[] : [$"--kind: expected one of {string.Join(", ", s_kinds)}, found another"],
            .. path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                ? (string[])[]
                : ["--out: expected a name that ends in .json, found another"],
            .. kind == Contextual == line.GetValue(Small) is null ? (string[])[$"--small: expected it with --kind {Contextual}, and only there"] : [],
            .. Words.FaultsOf(options.Faults()),
        ]);
        ReportFile.EnsureWritable(path);
        var rows = RouteRows.Read(line.GetRequiredValue(Rows));
        TextWriter output = line.InvocationConfiguration.Output;
        RouterModel model = learned
            ? Learn(rows, options, streams, output, cancellationToken)
            : await PlainAsync(kind, rows, line.GetValue(Seed), () => loadGuard(line.GetValue(Small), true, cancellationToken), cancellationToken);
        RouterFile.Save(path, model);
        await output.WriteLineAsync($"Wrote {path}");
        return ExitStatus.Success;
    }

    private static RouterModel Learn(
        RouteRows rows, RouterTrainingOptions options, StandardStreams streams, TextWriter output, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(streams);
        RouterTrainingResult result = RouterTrainer.Train(
            [.. rows.Rows.Select(static row => row.Row)], options, new Bar(line), [.. rows.Rows.Select(static row => row.Group)], cancellationToken);
        RouterCard card = result.Card;
        output.WriteLine(
            $"learned from {card.LearnedRows:N0} rows, {card.HardRows:N0} of them hard; routing F1 {card.HeldOutF1:0.000} on "
            + $"{card.HeldOutRows:N0} rows held out");
        return result.Named(rows.Small, rows.Data);
    }

    private static async Task<RouterModel> PlainAsync(
        string kind, RouteRows rows, int seed, Func<ValueTask<IGuard>> loadSmall, CancellationToken cancellationToken)
    {
        RoutingRow[] all = [.. rows.Rows.Select(static row => row.Row)];
        RouterModel model = kind switch
        {
            Temperature => EntropyFit.Temperature(all),
            Batch => EntropyFit.Batch(all),
            Contextual => await ContextualAsync(rows, loadSmall, cancellationToken),
            _ => RouterModel.Plain(kind),
        };
        return model with { Manifest = model.Manifest with { Guard = rows.Small, Seed = seed } };
    }

    private static async Task<RouterModel> ContextualAsync(RouteRows rows, Func<ValueTask<IGuard>> loadSmall, CancellationToken cancellationToken)
    {
        await using IGuard small = await loadSmall();
        return small.Description.Name == rows.Small
            ? await EntropyFit.ContextualAsync(small, cancellationToken)
            : throw new PicketException($"--small: expected the small guard of the rows, {rows.Small}, found {small.Description.Name}");
    }

    private static RouterTrainingOptions Options(ParseResult line) =>
        (line.GetValue(Paper) ? RouterTrainingOptions.Paper : s_defaults with { Samples = line.GetValue(Samples) }) with
        {
            UseScore = line.GetValue(UseScore),
            Standardise = line.GetValue(Standardise),
            RegionShare = line.GetValue(NoRegion) ? null : s_defaults.RegionShare,
            Hidden = line.GetValue(Hidden),
            Epochs = line.GetValue(Epochs),
            Seed = line.GetValue(Seed),
            Threads = line.GetValue(Threads),
        };

    private sealed class Bar(ProgressLine line) : IProgress<RouterProgress>
    {
        public void Report(RouterProgress value) => line.Draw(
            (double)value.Epoch / value.Epochs, $"epoch {value.Epoch:N0} of {value.Epochs:N0}  loss {value.Loss:0.0000}");
    }
}
