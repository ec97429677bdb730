using System.CommandLine;
using System.Text.Json;
using Picket.Compute;
using Picket.Models;

namespace Picket.Cli;

/// <summary><c>picket bench</c>: how fast a guard, or a network of a named shape with random weights, is on this machine.</summary>
internal static class BenchCommand
{
    private const string DefaultWeights = "fp32";

    private static readonly Option<string?> Guard = Words.Text(
        "--guard", "GUARD", $"{string.Join(" or ", EmbeddedGuards.Names)}, or a bundle's folder. Default: {EmbeddedGuards.NGram}.");

    private static readonly Option<string?> Shape = Words.Text(
        "--shape", "NAME", $"Random weights of this shape instead of a guard: {string.Join(", ", NetworkTarget.Shapes.Keys)}.");

    private static readonly Option<string?> Weights = Words.Text(
        "--weights", "KIND",
        $"What random weights are kept as: {string.Join(", ", NetworkTarget.WeightKinds.Keys)}. Default: {DefaultWeights}. "
            + "A guard's are kept as stored.");

    private static readonly Option<int[]> Tokens = new("--tokens")
    {
        Description = "Lengths to time one text of, in tokens.",
        HelpName = "N",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [32, 64, 128, 256, 512],
    };

    private static readonly Option<int[]> Batch = new("--batch")
    {
        Description = "Lengths of the texts of a ragged batch, timed as one batch and one by one.",
        HelpName = "N",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => BenchRow.MixedLengths,
    };

    private static readonly Option<int> Runs = Words.Number("--runs", "Timed passes a row; the median counts.", 5);

    private static readonly Option<int> Threads = Words.Number("--threads", "Threads; 0 for one a core.", 0);

    private static readonly Option<int> Simd = Words.Number("--simd", "Widest vectors in bits: 128, 256 or 512; 0 for what the machine has.", 0);

    private static readonly Option<bool> Json = Words.Switch("--json", "One JSON object on one line instead of the table.");

    public static Command Create(StandardStreams streams, GuardFactory guards)
    {
        var command = new DocumentedCommand("bench", "Times a guard, or a network of random weights, on this machine.")
        {
            Examples =
            [
                ("picket bench --guard HarmAug-Guard", "a guard of yours"),
                ("picket bench --shape deberta-v3-large --weights int8", "what a guard of this shape would take"),
                ("picket bench --shape deberta-v3-xsmall --tokens 64 --batch 16 64 256 --json", "other lengths, for a script"),
            ],
        };
        foreach (Option option in (Option[])[Guard, Shape, Weights, Tokens, Batch, Runs, Threads, Simd, Json])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => RunAsync(line, streams, guards, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, StandardStreams streams, GuardFactory guards, CancellationToken cancellationToken)
    {
        UsageException.ThrowIfAny([.. Faults(line)]);
        int threads = line.GetValue(Threads);
        using var context = new ComputeContext(new ComputeOptions
        {
            Threads = threads == 0 ? Environment.ProcessorCount : threads,
            Simd = LevelOf(line.GetValue(Simd)),
        });
        await using IBenchTarget target = line.GetValue(Shape) is { } shape
            ? NetworkTarget.Random(shape, line.GetValue(Weights) ?? DefaultWeights, context)
            : await GuardTarget.LoadAsync(line.GetValue(Guard), context, guards, cancellationToken);
        List<BenchRow> rows = [];
        foreach (BenchRow row in BenchRow.Of(line.GetRequiredValue(Tokens), line.GetRequiredValue(Batch)))
        {
            streams.Error.Write(streams.ErrorIsTerminal ? $"\r{target.Name}: {row.Name}...".PadRight(60) : "");
            rows.Add(await row.TimeAsync(target, line.GetValue(Runs), cancellationToken));
        }

        streams.Error.Write(streams.ErrorIsTerminal ? "\r".PadRight(60) + "\r" : "");
        BenchReport report = BenchReport.Of(target, context, rows);
        TextWriter output = line.InvocationConfiguration.Output;
        if (line.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(report, BenchJson.Default.BenchReport));
        }
        else
        {
            BenchTable.Write(EvalTable.ConsoleOn(output, streams), report);
        }

        return ExitStatus.Success;
    }

    private static IEnumerable<string> Faults(ParseResult line)
    {
        if (line.GetValue(Guard) is not null && line.GetValue(Shape) is not null)
        {
            yield return "--guard, --shape: expected one of the two";
        }

        if (line.GetValue(Shape) is { } shape && !NetworkTarget.Shapes.ContainsKey(shape))
        {
            yield return $"--shape: expected one of {string.Join(", ", NetworkTarget.Shapes.Keys)}, found {shape}";
        }

        if (line.GetValue(Weights) is { } weights)
        {
            if (line.GetValue(Shape) is null)
            {
                yield return "--weights: expected with --shape only; a guard's weights are kept as stored, and picket quantise changes them";
            }
            else if (!NetworkTarget.WeightKinds.ContainsKey(weights))
            {
                yield return $"--weights: expected one of {string.Join(", ", NetworkTarget.WeightKinds.Keys)}, found {weights}";
            }
        }

        foreach (Option<int[]> option in (Option<int[]>[])[Tokens, Batch])
        {
            foreach (int length in line.GetRequiredValue(option).Where(static length => length is < 1 or > 1_000_000))
            {
                yield return $"{option.Name}: expected lengths from 1 to 1000000, found {length}";
            }
        }

        if (line.GetValue(Runs) < 1)
        {
            yield return $"--runs: expected 1 or more, found {line.GetValue(Runs)}";
        }

        if (line.GetValue(Threads) is < 0 or > 1024)
        {
            yield return $"--threads: expected 0 to 1024, found {line.GetValue(Threads)}";
        }

        if (line.GetValue(Simd) is not (0 or 128 or 256 or 512) || LevelOf(line.GetValue(Simd)) > SimdLevels.Best)
        {
            yield return $"--simd: expected 0, 128, 256 or 512 and at most what this machine has, found {line.GetValue(Simd)}";
        }
    }

    private static SimdLevel LevelOf(int bits) => bits switch
    {
        512 => SimdLevel.Vector512,
        256 => SimdLevel.Vector256,
        128 => SimdLevel.Vector128,
        _ => SimdLevels.Best,
    };
}
