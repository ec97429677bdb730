using System.CommandLine;
using Picket.Models.Bundles;
using Picket.Training.Distillation;

namespace Picket.Cli;

/// <summary><c>picket average</c>: students of one encoder in, one student with the means of their weights out.</summary>
internal static class AverageCommand
{
    private static readonly Argument<string[]> Students = new("STUDENT")
    {
        Description = "Folders that distil made of one encoder (--student) with different seeds, two or more.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly CombinationWords<AverageOptions> Shared = new(
        new AverageOptions(), "students",
        "Labelled rows to calibrate the average on, in any format that eval reads. No student may have learned from them.");

    public static Command Create(StandardStreams streams)
    {
        var command = new DocumentedCommand("average", "Averages the weights of students of one encoder into one that runs like each of them.")
        {
            Examples =
            [
                ("picket distil --data train.jsonl --student encoder --seed 1 --held-out 0.05 --out one", "a student"),
                ("picket distil --data train.jsonl --student encoder --seed 2 --held-out 0.05 --out two", "another of the same encoder"),
                ("picket average one two --data train.jsonl --held-out-only 0.05 --out my-guard", "calibrated on the rows that both held out"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "the bundle is written"),
                (ExitStatus.Error, "an error, told on standard error, or the average is worse than each student; nothing is written"),
                (ExitStatus.Interrupted, "interrupted; nothing is written"),
            ],
        };
        command.Add(Students);
        foreach (Option option in Shared.All)
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => RunAsync(line, streams, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, StandardStreams streams, CancellationToken cancellationToken)
    {
        AverageOptions options = Shared.Options(line);
        UsageException.ThrowIfAny([.. Shared.Faults(line)]);
        string folder = line.GetRequiredValue(Shared.Out);
        Bundle.RequireFree(folder);
        IReadOnlyList<TrainingFile> data = await TrainingFiles.ReadAsync(line.GetRequiredValue(Shared.Data), RowKind.Labelled, streams, cancellationToken);
        string[] students = line.GetRequiredValue(Students);
        AverageCard card;
        using (var progress = new AverageBar(streams))
        {
            card = await StudentAverager.RunAsync(
                students, folder, options, [.. data.Select(static file => (file.Source, file.Rows))], progress, cancellationToken);
        }

        TextWriter output = line.InvocationConfiguration.Output;
        AverageTable.Write(EvalTable.ConsoleOn(output, streams), options.Name, students, card);
        await output.WriteLineAsync($"wrote {folder}");
        return ExitStatus.Success;
    }
}
