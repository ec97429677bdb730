using System.CommandLine;
using Picket.Chat;
using Picket.Data;
using Picket.Training.RouterTraining;

namespace Picket.Cli;

/// <summary><c>picket route paraphrase</c>: labelled rows in, the same rows with paraphrases behind them out.</summary>
internal static class RouteParaphraseCommand
{
    private static readonly ParaphraseOptions s_defaults = new();

    private static readonly Option<string[]> Data = Words.Several("--data", "FILE", "Labelled rows: files, or folders of them.", required: true);

    private static readonly ModelWords Generator = new("generator", "Writes the paraphrases.");

    private static readonly Option<string> Out = Words.Required(
        "--out", "FILE", "The rows and their paraphrases, JSON Lines; gzip when the name ends in .gz.");

    private static readonly Option<int> Copies = Words.Number("--copies", "Paraphrases to ask for of each row.", s_defaults.Copies);

    private static readonly Option<double> Temperature = Words.Value("--temperature", "X", "Of the model.", s_defaults.Temperature);

    private static readonly Option<int> MaxTokens = Words.Number("--max-tokens", "Of an answer.", s_defaults.MaxTokens);

    private static readonly Option<double> HeldOutShare = Words.Value(
        "--held-out-share", "SHARE", "Share of the prompts that get no paraphrase.", s_defaults.HeldOutShare);

    private static readonly Option<int> Concurrency = Words.Number(
        "--concurrency", "Requests under way at a time. The result does not depend on it.", s_defaults.Concurrency);

    private static readonly Option<int> Seed = Words.Number("--seed", "Sent with each request, counted up.", (int)s_defaults.Seed);

    public static Command Create(StandardStreams streams)
    {
        var command = new DocumentedCommand(
            "paraphrase", "Has a chat model say labelled rows in other words, for a router to learn from (SafeRoute); route label scores them all.")
        {
            Examples =
            [
                ("picket route paraphrase --data learn.jsonl --generator http://127.0.0.1:8000 --out more.jsonl", "seven paraphrases a row"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "the rows are written"),
                (ExitStatus.Error, "an error, told on standard error; the answers are kept, and the same command continues"),
                (ExitStatus.Interrupted, "interrupted; the answers are kept, and the same command continues"),
            ],
        };
        foreach (Option option in (Option[])
            [Data, Out, .. Generator.Options, Copies, Temperature, MaxTokens, HeldOutShare, Concurrency, Seed])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => RunAsync(line, streams, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult words, StandardStreams streams, CancellationToken cancellationToken)
    {
        var options = new ParaphraseOptions
        {
            Copies = words.GetValue(Copies),
            Temperature = words.GetValue(Temperature),
            MaxTokens = words.GetValue(MaxTokens),
            HeldOutShare = words.GetValue(HeldOutShare),
            Concurrency = words.GetValue(Concurrency),
            Seed = words.GetValue(Seed),
        };
        ModelSettings? model = Generator.Settings(words);
        string output = words.GetRequiredValue(Out);
        UsageException.ThrowIfAny(
        [
            .. model is null ? (string[])["--generator: expected the address of a server that writes the paraphrases, found none"] : [],
            .. Words.FaultsOf(options.Faults()),
        ]);
        ReportFile.EnsureWritable(output);
        Example[] rows =
        [
            .. (await TrainingFiles.ReadAsync(EvalData.Expand(words.GetRequiredValue(Data)), RowKind.Labelled, streams, cancellationToken))
                .SelectMany(static file => file.Rows),
        ];
        await using var generator = new MeteredGenerator(AugmentModelSource.Chat("--generator", model!, options.Concurrency), model!.Prices);
        ParaphraseCounts counts = await ParaphraseAsync(new ParaphraseAugmenter(generator, options), rows, output, streams, cancellationToken);
        TextWriter text = words.InvocationConfiguration.Output;
        await text.WriteLineAsync(
            $"{counts.Rows:N0} rows, {counts.HeldOut:N0} of them held out; {counts.Kept:N0} paraphrases of {counts.Asked:N0} answers, the others "
            + "had not the form that was asked for");
        if (model.Prices is not null)
        {
            await text.WriteLineAsync($"cost of this run: {generator.Totals.Cost:0.####}");
        }

        await text.WriteLineAsync($"Wrote {output}");
        return ExitStatus.Success;
    }

    private static async Task<ParaphraseCounts> ParaphraseAsync(
        ParaphraseAugmenter augmenter, Example[] rows, string output, StandardStreams streams, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(streams);
        var bar = new CountBar(line, augmenter.Split(rows).Learned.Count * augmenter.Options.Copies, "answers");
        return await augmenter.RunAsync(rows, output, bar, cancellationToken);
    }
}
