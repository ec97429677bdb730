using System.CommandLine;
using Picket.Models.NGram;
using Picket.Training.NGram;

namespace Picket.Cli;

/// <summary><c>picket train ngram</c>: labelled files in, a bundle with a model card out.</summary>
internal static class NGramTrainCommand
{
    private static readonly NGramTrainerOptions Defaults = new();

    private static readonly Option<string[]> Data = Words.Several(
        "--data", "FILE", "Labelled files to learn from, in any format that eval reads.", required: true);

    private static readonly Option<string> Out = Words.Required("--out", "DIR", "The bundle's folder; made when absent.");

    private static readonly Option<string[]> Test = Words.Several(
        "--test", "FILE", "Labelled files to measure the finished guard on, for its model card. Never learned from.");

    private static readonly Option<string> Name = Words.Value("--name", "NAME", "The guard's name.", "picket-ngram");

    private static readonly Option<int> Epochs = Words.Number("--epochs", "Passes over the data at most.", Defaults.Epochs);

    private static readonly Option<int> Patience = Words.Number(
        "--patience", "Epochs in a row behind the best held-out AUPRC before it stops.", Defaults.Patience);

    private static readonly Option<int> BatchSize = Words.Number("--batch-size", "Rows an update.", Defaults.BatchSize);

    private static readonly Option<int> BucketBits = Words.Number(
        "--bucket-bits", "The embedding table has 2 to this power rows.", Defaults.Shape.BucketBits);

    private static readonly Option<int> Dimension = Words.Number(
        "--dimension", "Bytes a row of the embedding table takes.", Defaults.Shape.Dimension);

    private static readonly Option<int> Hidden = Words.Number(
        "--hidden", "Width of the hidden vector, the router's features.", Defaults.Shape.Hidden);

    private static readonly Option<int> Seed = Words.Number("--seed", "Seed; the same data, options and seed give the same guard.", Defaults.Seed);

    private static readonly Option<int> Threads = Words.Number("--threads", "Threads; 0 for one a core. The result does not depend on it.", 0);

    public static Command Create(StandardStreams streams)
    {
        var command = new DocumentedCommand("ngram", "Trains an n-gram guard: labelled files in, a bundle with a model card out.")
        {
            Examples =
            [
                ("picket train ngram --data train.jsonl.gz --out my-guard", "train with the defaults"),
                ("picket train ngram --data a.jsonl b.csv --test c.jsonl --out my-guard", "several files, and a test set for the model card"),
                ("picket check --guard my-guard \"How do I pick a strong password?\"", "use it"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "the bundle is written"),
                (ExitStatus.Error, "an error, told on standard error"),
                (ExitStatus.Interrupted, "interrupted; the same command continues where it was"),
            ],
        };
        foreach (Option option in (Option[])[Data, Out, Test, Name, Epochs, Patience, BatchSize, BucketBits, Dimension, Hidden, Seed, Threads])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => RunAsync(line, streams, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, StandardStreams streams, CancellationToken cancellationToken)
    {
        var options = new NGramTrainerOptions
        {
            Shape = new NGramShape { BucketBits = line.GetValue(BucketBits), Dimension = line.GetValue(Dimension), Hidden = line.GetValue(Hidden) },
            Epochs = line.GetValue(Epochs),
            Patience = line.GetValue(Patience),
            BatchSize = line.GetValue(BatchSize),
            Seed = line.GetValue(Seed),
        };
        int threads = line.GetValue(Threads);
        UsageException.ThrowIfAny([.. options.Faults(), .. threads < 0 ? (string[])[$"--threads: expected 0 or more, found {threads}"] : []]);
        var trainer = new NGramTrainer(options, threads);
        string folder = line.GetRequiredValue(Out);
        IReadOnlyList<TrainingFile> sources = await TrainingFiles.ReadAsync(
            line.GetRequiredValue(Data), RowKind.Labelled, streams, cancellationToken);
        IReadOnlyList<TrainingFile> tests = await TrainingFiles.ReadAsync(line.GetValue(Test) ?? [], RowKind.Labelled, streams, cancellationToken);
        Directory.CreateDirectory(folder);
        string checkpoint = Path.Combine(folder, "checkpoint.safetensors");
        if (File.Exists(checkpoint))
        {
            streams.Error.WriteLine($"continuing from {checkpoint}");
        }

        NGramTrainingResult result;
        using (var progress = new NGramTrainingBar(streams))
        {
            result = trainer.Train([.. sources.SelectMany(static source => source.Rows)], checkpoint, progress, cancellationToken);
        }

        ModelCard card = await NGramBundle.WriteAsync(
            folder,
            line.GetRequiredValue(Name),
            options,
            result,
            [.. sources.Select(static file => file.Source)],
            [.. tests.Select(static file => (file.Source, file.Rows))],
            cancellationToken);
        File.Delete(checkpoint);
        TextWriter output = line.InvocationConfiguration.Output;
        CardTable.Write(card.Metrics, output);
        output.WriteLine($"kept epoch {card.KeptEpoch} of {card.History.Count}; wrote {folder}");
        return ExitStatus.Success;
    }
}
