using System.CommandLine;
using Picket.Compute;
using Picket.Models.Quantisation;

namespace Picket.Cli;

/// <summary><c>picket quantise</c>: a DeBERTa guard in, a smaller one out.</summary>
internal static class QuantiseCommand
{
    private static readonly Argument<string> From = new("DIR") { Description = "The guard: a bundle, or a folder as Hugging Face publishes models." };

    private static readonly Argument<string> To = new("OUT") { Description = "The new bundle's folder; it must not exist, or be empty." };

    private static readonly Option<string> Weights = Words.Value(
        "--weights", "KIND",
        "What matrices become: int8 (a quarter of the memory, integer arithmetic) or fp16 (half, the arithmetic of fp32).",
        "int8");

    private static readonly Option<string?> Calibration = Words.Text(
        "--calibration", "FILE",
        "Texts to compare the new guard with the old one on, in any format that eval reads; labels do not count. "
            + "Without it nothing is measured. It takes as long as scoring the rows twice; where --tolerance is exceeded, each linear map "
            + "is measured alone, which takes as long as scoring them once a map (96 for the large model).");

    private static readonly Option<int> Rows = Words.Number("--calibration-rows", "Rows of it to take.", CalibrationSet.DefaultRows);

    private static readonly Option<double> Tolerance = Words.Value(
        "--tolerance", "T",
        "Mean difference of the log-odds above which the worst maps stay in fp32, one after another. "
            + "0.1 moves a probability near 0.5 by 0.025.",
        QuantiserOptions.DefaultTolerance);

    private static readonly Option<string?> Name = Words.Text(
        "--name", "NAME", "The new guard's name. Default: the old one's with -int8 or -fp16.");

    private static readonly Option<int> Threads = Words.Number("--threads", "Threads; 0 for one a core. The result does not depend on it.", 0);

    public static Command Create(StandardStreams streams)
    {
        var command = new DocumentedCommand("quantise", "Makes a DeBERTa guard smaller and faster: weights in int8 or fp16.")
        {
            Examples =
            [
                ("picket quantise HarmAug-Guard guard-int8", "a quarter of the memory; nothing is measured"),
                ("picket quantise HarmAug-Guard guard-int8 --calibration test.jsonl", "measured, and what loses accuracy is left in fp32"),
                ("picket quantise HarmAug-Guard guard-fp16 --weights fp16", "half the memory, next to no difference"),
                ("picket eval --guard HarmAug-Guard guard-int8 --data test.jsonl", "what it means for the figures"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "the bundle is written"),
                (ExitStatus.Error, "an error, told on standard error; nothing is written"),
                (ExitStatus.Interrupted, "interrupted; nothing is written"),
            ],
        };
        command.Add(From);
        command.Add(To);
        foreach (Option option in (Option[])[Weights, Calibration, Rows, Tolerance, Name, Threads])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => RunAsync(line, streams, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, StandardStreams streams, CancellationToken cancellationToken)
    {
        UsageException.ThrowIfAny(Faults(line));
        var options = new QuantiserOptions
        {
            Weights = QuantisedWeightsNames.Parse(line.GetRequiredValue(Weights))!.Value,
            Name = line.GetValue(Name),
            Tolerance = line.GetValue(Tolerance),
            Calibration = line.GetValue(Calibration) is { } file ? await CalibrationSet.ReadAsync(file, line.GetValue(Rows), cancellationToken) : null,
            Compute = line.GetValue(Threads) is > 0 and var threads ? new ComputeOptions { Threads = threads } : new ComputeOptions(),
        };
        QuantisationResult result;
        using (var progress = new QuantiseBar(streams, options.Tolerance))
        {
            result = await GuardQuantiser.QuantiseAsync(
                line.GetRequiredValue(From), line.GetRequiredValue(To), options, progress, cancellationToken);
        }

        TextWriter output = line.InvocationConfiguration.Output;
        QuantiseTable.Write(EvalTable.ConsoleOn(output, streams), result);
        output.WriteLine($"wrote {line.GetRequiredValue(To)}");
        return ExitStatus.Success;
    }

    private static IEnumerable<string> Faults(ParseResult line)
    {
        if (QuantisedWeightsNames.Parse(line.GetRequiredValue(Weights)) is null)
        {
            yield return $"--weights: expected {string.Join(" or ", QuantisedWeightsNames.All)}, found {line.GetRequiredValue(Weights)}";
        }

        if (line.GetValue(Rows) is < 1 or > 1_000_000)
        {
            yield return $"--calibration-rows: expected 1 to 1000000, found {line.GetValue(Rows)}";
        }

        if (!(line.GetValue(Tolerance) >= 0))
        {
            yield return $"--tolerance: expected a number from 0 on, found {line.GetValue(Tolerance)}";
        }

        if (line.GetValue(Calibration) is null && (line.GetResult(Rows)?.Implicit == false || line.GetResult(Tolerance)?.Implicit == false))
        {
            yield return "--calibration-rows, --tolerance: expected a --calibration file to measure on, found none";
        }

        if (string.IsNullOrWhiteSpace(line.GetValue(Name) ?? "a name"))
        {
            yield return "--name: expected a name, found none";
        }

        if (line.GetValue(Threads) is < 0 or > 1024)
        {
            yield return $"--threads: expected 0 to 1024, found {line.GetValue(Threads)}";
        }
    }
}
