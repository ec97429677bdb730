using System.CommandLine;
using Picket.Training.Pretraining;

namespace Picket.Cli;

/// <summary><c>picket pretrain</c>: texts in, an encoder out that a distillation starts from.</summary>
internal sealed class PretrainCommand
{
    private static readonly PretrainOptions Defaults = new();
    private readonly StandardStreams _streams;
    private readonly PretrainTraining _pretrain;
    private readonly TimeProvider _clock;
    private readonly SettingsReader<PretrainOptions> _settings = new(TrainingSettingTable.Pretrain, Defaults, static options => options.Faults());
    private readonly TrainingWords _words = new(
        "Texts: prompts and responses of files in any format that eval reads, or .txt files of one text a line. Required.");

    private PretrainCommand(StandardStreams streams, PretrainTraining pretrain, TimeProvider clock) =>
        (_streams, _pretrain, _clock) = (streams, pretrain, clock);

    public static Command Create(StandardStreams streams, PretrainTraining pretrain, TimeProvider? clock = null)
    {
        var parts = new PretrainCommand(streams, pretrain, clock ?? TimeProvider.System);
        var command = new DocumentedCommand("pretrain", "Trains an encoder on texts without labels, as a start for distil.")
        {
            Examples =
            [
                ("picket pretrain --data texts.jsonl.gz --student small/config.json --tokenizer spm.model --out encoder", "from random weights"),
                ("picket pretrain --data more.txt --student encoder --out encoder-2", "further, on other texts"),
                ("picket distil --data labelled.jsonl --student encoder --out my-guard", "make a guard of it"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "the folder is written"),
                (ExitStatus.Error, "an error, told on standard error; a checkpoint is kept"),
                (ExitStatus.Interrupted, "interrupted; the same command continues where it was"),
            ],
        };
        foreach (Option option in (Option[])[parts._words.Data, parts._words.Out, parts._words.Report,
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
            PretrainOptions printed = _settings.Read(line, ["student.from"], wrong);
            UsageException.ThrowIfAny(wrong);
            await output.WriteAsync(SettingsText.Write(TrainingSettingTable.Pretrain, printed));
            return ExitStatus.Success;
        }

        List<string> faults = [.. _words.Faults(line)];
        PretrainOptions options = _settings.Read(line, [], faults);
        faults.AddRange(TrainingWords.Missing(("--student", options.Student.From), ("--tokenizer", options.Student.Tokenizer)));
        UsageException.ThrowIfAny(faults);
        string folder = line.GetValue(_words.Out)!;
        var texts = new PretrainTexts(line.GetValue(_words.Data)!);
        TrainingReport blank = TrainingRun.Blank(
            "pretrain", Name(folder), TrainingSettingTable.Pretrain, options, Defaults, texts.Sources());
        using var run = new TrainingRun(_streams, _clock, folder, line.GetValue(_words.Report));
        (TrainingReport report, _) = await run.TrainAsync(
            blank, progress => _pretrain(options, texts.ReadAsync(cancellationToken), folder, progress, cancellationToken));
        await run.WriteAsync(report with { Data = texts.Sources() }, cancellationToken);
        await output.WriteLineAsync($"{report.TotalSteps:N0} updates; wrote {folder}, curves in {run.Page}");
        return ExitStatus.Success;
    }

    private static string Name(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
