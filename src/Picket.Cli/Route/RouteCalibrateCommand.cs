using System.CommandLine;
using Picket.Models.Routing;
using Picket.Training.RouterTraining;

namespace Picket.Cli;

/// <summary><c>picket route calibrate</c>: gives a router the threshold that keeps a promise.</summary>
internal static class RouteCalibrateCommand
{
    private static readonly Option<string> Router = Words.Required("--router", "FILE", "The router's file.");

    private static readonly Option<string[]> Rows = Words.Several(
        "--rows", "FILE", "Routing rows that neither the guards nor the router learned from, drawn as the inputs to come.", required: true);

    private static readonly Option<double?> Budget = Words.Optional<double?>(
        "--budget", "P", "Promise that at most this share of inputs goes to the large guard.");

    private static readonly Option<double?> Risk = Words.Optional<double?>(
        "--risk", "P", "Promise that at most this share of the unsafe inputs that the large guard catches is missed.");

    private static readonly Option<double> Delta = Words.Value(
        "--delta", "P", "The probability with which the promise may fail: 0.05 is a confidence of 95 %.", 0.05);

    private static readonly Option<int?> Horizon = Words.Optional<int?>(
        "--horizon",
        "N",
        "Promise it of the next N inputs (for a risk: of the next N unsafe ones that the large guard catches) and not of all that may come.");

    private static readonly Option<string?> Out = Words.Text("--out", "FILE", "The calibrated router. Default: the router's own file.");

    public static Command Create(StandardStreams streams)
    {
        var command = new DocumentedCommand("calibrate", "Chooses a router's threshold so that a budget or a risk is kept, with a stated confidence.")
        {
            Examples =
            [
                ("picket route calibrate --router router.json --rows calibration.jsonl --budget 0.25", "at most 25 % go on, at confidence 95 %"),
                ("picket route calibrate --router router.json --rows calibration.jsonl --risk 0.02 --delta 0.1", "at most 2 % are missed, at 90 %"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "the router has its threshold"),
                (ExitStatus.Error, "an error, or nothing can be promised; the router is as it was"),
            ],
        };
        foreach (Option option in (Option[])[Router, Rows, Budget, Risk, Delta, Horizon, Out])
        {
            command.Add(option);
        }

        command.SetAction(line => Run(line, streams));
        return command;
    }

    private static int Run(ParseResult line, StandardStreams streams)
    {
        (double? budget, double? risk) = (line.GetValue(Budget), line.GetValue(Risk));
        string path = line.GetRequiredValue(Router);
        string target = line.GetValue(Out) ?? path;
        UsageException.ThrowIfAny(
        [
            .. budget is null == risk is null ? (string[])["expected --budget or --risk, found both or neither"] : [],
            .. target.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                ? (string[])[]
                : ["--out: expected a name that ends in .json, found another"],
            .. RateFaults(("--budget", budget), ("--risk", risk), ("--delta", line.GetValue(Delta))),
            .. line.GetValue(Horizon) is < 1 or > 100_000_000 ? (string[])["--horizon: expected 1 to 100000000, found another"] : [],
        ]);
        RouterModel model = RouterFile.Load(path);
        var rows = RouteRows.Read(line.GetRequiredValue(Rows));
        EnsureCalibratable(path, model.Manifest, rows);
        var options = new GuaranteeOptions { Limit = (budget ?? risk)!.Value, Delta = line.GetValue(Delta), Horizon = line.GetValue(Horizon) };
        double[] hardness = RouteCalibrator.Measure(model.CreateRouter(), [.. rows.Rows.Select(static row => row.Row.Small)]);
        CalibratedThreshold found = budget is not null
            ? RouteCalibrator.ForBudget(hardness, options)
            : RouteCalibrator.ForRisk([.. rows.Rows.Select((row, i) => (row.Row, hardness[i]))], options);
        if (!found.Promised)
        {
            throw new PicketException($"{path}: {found.Says}; the router is as it was");
        }

        if (rows.Rows.Select(static row => row.Group).Distinct(StringComparer.Ordinal).Count() is var groups && groups < rows.Rows.Count)
        {
            streams.Error.WriteLine(
                $"warning: the {rows.Rows.Count:N0} rows have {groups:N0} prompts; rows that share one are no independent draws, and the "
                + "promise counts each");
        }

        RouterModel calibrated = model.With(budget is not null ? "budget" : "risk", found);
        calibrated.Manifest.Calibration!.Data = rows.Data;
        RouterFile.Save(target, calibrated);
        TextWriter output = line.InvocationConfiguration.Output;
        output.WriteLine($"threshold {found.Threshold:0.######}: {found.Says}");
        output.WriteLine("It holds for inputs that are exchangeable with these rows: no drift, no selection. Picket measures the live "
            + "share against it.");
        output.WriteLine($"Wrote {target}");
        return ExitStatus.Success;
    }

    private static void EnsureCalibratable(string path, RouterManifest router, RouteRows rows)
    {
        if (router.Kind is RouterKinds.Always or RouterKinds.Never)
        {
            throw new PicketException($"{path}, field \"kind\": expected a router that orders inputs, found {router.Kind}");
        }

        rows.EnsureFit(path, router);
        if (rows.Headers.Any(header => RouterCard.Of(router)?.Data?.Contains(header.Rows) == true))
        {
            throw new PicketException($"{path}: expected rows that the router has not seen, found rows that it learned from; nothing can "
                + "be promised of those");
        }
    }

    private static IEnumerable<string> RateFaults(params (string Name, double? Value)[] rates) => rates
        .Where(static rate => rate.Value is not null and not (> 0 and < 1))
        .Select(static rate => $"{rate.Name}: found {rate.Value}, expected a number between 0 and 1");
}
