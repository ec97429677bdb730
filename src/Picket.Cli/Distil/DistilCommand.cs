using System.CommandLine;
using Picket.Training.Distillation;

namespace Picket.Cli;

/// <summary><c>picket distil</c>: rows that a teacher labelled in, a small DeBERTa guard out.</summary>
internal sealed class DistilCommand
{
    private static readonly DistilOptions Defaults = new();
    private readonly StandardStreams _streams;
    private readonly DistilTraining _distil;
    private readonly GuardFactory _loadGuard;
    private readonly TimeProvider _clock;
    private readonly SettingsReader<DistilOptions> _settings = new(TrainingSettingTable.Distil, Defaults, static options => options.Faults());
    private readonly TrainingWords _words = new(
        "Rows to learn from, with a label, a teacher's probability (picket label), or both; in any format that eval reads. Required.");

    private readonly Option<string[]> _test = new("--test")
    {
        Description = "Labelled files to measure the finished guard on. Never learned from.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    private DistilCommand(StandardStreams streams, DistilTraining distil, GuardFactory loadGuard, TimeProvider clock) =>
        (_streams, _distil, _loadGuard, _clock) = (streams, distil, loadGuard, clock);

    public static Command Create(StandardStreams streams, DistilTraining distil, GuardFactory loadGuard, TimeProvider? clock = null)
    {
        var parts = new DistilCommand(streams, distil, loadGuard, clock ?? TimeProvider.System);
        var command = new DocumentedCommand("distil", "Distils a small DeBERTa guard from rows that a teacher has labelled.")
        {
            Examples =
            [
                ("picket label train.jsonl --guard teacher --out labelled.jsonl", "let the teacher label the rows first"),
                ("picket distil --data labelled.jsonl --student deberta-v3-large --out my-guard", "with the paper's settings"),
                ("picket distil --data a.jsonl b.jsonl --student small/config.json --out my-guard --epochs 10 --lr 3e-4",
                    "random weights of a shape of one's own"),
                ("picket distil --settings my.yaml --lr 1e-4 --print-settings > my-next.yaml", "settings as a file; edit and repeat"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "the bundle is written"),
                (ExitStatus.Error, "an error, told on standard error; a checkpoint is kept"),
                (ExitStatus.Interrupted, "interrupted; the same command continues where it was"),
            ],
        };
        foreach (Option option in (Option[])[parts._words.Data, parts._words.Out, parts._test, parts._words.Report,
            .. parts._settings.Options, parts._words.PrintSettings])
        {
            command.Add(option);
        }

        command.SetAction(parts.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        TextWriter output = line.InvocationConfiguration.Output;
        if (line.GetValue(_words.PrintSettings))
        {
            var wrong = new List<string>();
            DistilOptions printed = _settings.Read(line, ["student.from"], wrong);
            UsageException.ThrowIfAny(wrong);
            await output.WriteAsync(SettingsText.Write(TrainingSettingTable.Distil, printed));
            return ExitStatus.Success;
        }

        List<string> faults = [.. _words.Faults(line)];
        DistilOptions options = _settings.Read(line, [], faults);
        faults.AddRange(TrainingWords.Missing(("--student", options.Student.From), ("--tokenizer", options.Student.Tokenizer)));
        UsageException.ThrowIfAny(faults);
        string folder = line.GetValue(_words.Out)!;
        IReadOnlyList<TrainingFile> data = await TrainingFiles.ReadAsync(
            line.GetValue(_words.Data)!, RowKind.LabelledOrTaught, _streams, cancellationToken);
        IReadOnlyList<TrainingFile> tests = await TrainingFiles.ReadAsync(line.GetValue(_test) ?? [], RowKind.Labelled, _streams, cancellationToken);
        using var run = new TrainingRun(_streams, _clock, folder, line.GetValue(_words.Report));
        await TrainAsync(run, options, folder, data, tests, output, cancellationToken);
        return ExitStatus.Success;
    }

    private async Task TrainAsync(
        TrainingRun run,
        DistilOptions options,
        string folder,
        IReadOnlyList<TrainingFile> data,
        IReadOnlyList<TrainingFile> tests,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        (TrainingReport report, long kept) = await run.TrainAsync(
            TrainingRun.Blank("distil", options.Name, TrainingSettingTable.Distil, options, Defaults, [.. data.Select(static file => file.Source)]),
            progress => _distil(
                options,
                [.. data.SelectMany(static file => file.Rows)],
                [.. data.Select(static file => file.Source)],
                folder,
                progress,
                cancellationToken));
        await run.WriteAsync(report, cancellationToken);
        if (tests.Count > 0)
        {
            await using IGuard guard = await _loadGuard(folder, true, cancellationToken);
            report = report with { Tests = await TrainingRun.TestAsync(guard, tests, cancellationToken) };
            await run.WriteAsync(report, cancellationToken);
            CardTable.Write(report.Tests, output);
        }

        string reason = options.KeepLast ? "the last" : $"the best by held-out {options.KeepBest}";
        await output.WriteLineAsync($"kept update {kept:N0} of {report.TotalSteps:N0}, {reason}; wrote {folder}, curves in {run.Page}");
    }
}
