using System.CommandLine;
using Picket.Training.Distillation;

namespace Picket.Cli;

/// <summary><c>picket distil</c>: rows that a teacher labelled in, a small DeBERTa guard out.</summary>
internal sealed class DistilCommand
{
    private static readonly DistilOptions Defaults = new();
    private readonly DistilRun _run;
    private readonly SettingsReader<DistilOptions> _settings = new(TrainingSettingTable.Distil, Defaults, static options => options.Faults());
    private readonly TrainingWords _words = new(
        "Rows to learn from, with a label, a teacher's probability (picket label), or both; in any format that eval reads. Required.");

    private readonly Option<string[]> _test = Words.Several("--test", "FILE", "Labelled files to measure the finished guard on. Never learned from.");

    private DistilCommand(DistilRun run) => _run = run;

    public static Command Create(StandardStreams streams, DistilTraining distil, GuardFactory loadGuard, TimeProvider? clock = null)
    {
        var parts = new DistilCommand(new DistilRun(streams, distil, loadGuard, clock ?? TimeProvider.System));
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
        var files = new DistilFiles(
            line.GetValue(_words.Out)!, line.GetValue(_words.Data)!, line.GetValue(_test) ?? [], line.GetValue(_words.Report));
        await _run.RunAsync(options, files, output, cancellationToken);
        return ExitStatus.Success;
    }
}
