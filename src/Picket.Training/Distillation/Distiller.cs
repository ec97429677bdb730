using Picket.Compute;
using Picket.Data;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Training.DebertaV2;
using Picket.Training.NGram;
using Picket.Training.Optimisation;

namespace Picket.Training.Distillation;

/// <summary>Trains a student on labelled rows: a Hugging Face folder with <c>guard.json</c> comes out.</summary>
public static class Distiller
{
    /// <summary>The weights of the last update, before calibration, written beside the result where that is an earlier one.</summary>
    public const string LastName = "last.safetensors";

    /// <summary>The weights of the best update, before calibration, written beside the result where that is the last one instead.</summary>
    public const string BestName = TrainingState.BestName;

    /// <summary>Distils, from the start or from the checkpoint in <paramref name="folder"/>.</summary>
    /// <remarks>
    /// Runs on the thread pool. The same options, examples and start give the same result bit for bit on one machine, however often it is
    /// interrupted. When the bundle is written, the checkpoint is deleted.
    /// </remarks>
    /// <param name="options">Settings.</param>
    /// <param name="examples">Rows with a label, a teacher's probability, or both.</param>
    /// <param name="sources">Where they come from, for the model card.</param>
    /// <param name="folder">Becomes the bundle; holds the checkpoint meanwhile.</param>
    /// <param name="progress">Told of every update.</param>
    /// <param name="cancellationToken">Stops between passes, after a checkpoint.</param>
    /// <exception cref="PicketException">
    /// An option is out of its range; a row has neither label nor probability; a class is missing; the files that the student starts from are
    /// damaged or do not fit each other; the checkpoint is damaged or another training's; a loss is no finite number; the folder cannot be
    /// written.
    /// </exception>
    public static Task<TrainingHistory> RunAsync(
        DistilOptions options,
        IReadOnlyList<Example> examples,
        IReadOnlyList<DataSource> sources,
        string folder,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options.Validate();
        return Task.Run(() => Run(options, examples, sources, folder, progress, cancellationToken), cancellationToken);
    }

    private static TrainingHistory Run(
        DistilOptions options,
        IReadOnlyList<Example> examples,
        IReadOnlyList<DataSource> sources,
        string folder,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        StudentFolder.RequireOther(options.Student, folder);
        StudentStart start = Start(options.Student);
        int threads = options.Student.Threads == 0 ? Environment.ProcessorCount : options.Student.Threads;
        LabelledTokens[] rows = new LabelledRows(options, start).Create(examples, threads, cancellationToken);
        (LabelledTokens[] learned, LabelledTokens[] heldOut) =
            HeldOut.Split(examples, rows, static row => row.Unsafe, options.Training.HeldOutShare);

        using var context = new ComputeContext(new ComputeOptions { Threads = threads });
        using var model = new TrainableDebertaV2(start.Config, DebertaV2Head.Classifier, options.Student, context);
        IReadOnlyList<string> initialised = start.Fill(model, options.Training.Seed);
        var objective = new ClassificationObjective(model);
        var figures = new HeldOutFigures(heldOut, objective, options.Training);
        var plan = new TrainingPlan<LabelledTokens>
        {
            Rows = learned,
            Id = place => learned[place].Id,
            Unsafe = place => learned[place].Unsafe,
            Evaluate = figures.Compute,
            Deciding = options.KeepBest,
            HigherIsBetter = options.KeepBest != "loss",
            Folder = folder,
            Identity = Identity(options, start, learned, heldOut),
        };
        using var trainer = new Trainer<LabelledTokens>(objective, options.Training, plan, context);
        TrainingHistory history = trainer.Run(progress, cancellationToken);

        long last = history.Steps.Count;
        long best = history.Evaluations.Last(static evaluation => evaluation.Best).Step;
        history = history with { KeptStep = options.KeepLast ? last : best, Initialised = initialised };
        if (history.KeptStep != last)
        {
            SafeFile.Write(Path.Combine(folder, LastName), stream => StudentFolder.WriteWeights(model, stream));
            trainer.LoadBest();
        }
        else
        {
            SafeFile.Delete(Path.Combine(folder, LastName));
        }

        WriteBundle(options, start, model, figures, history, sources, folder, cancellationToken);
        if (history.KeptStep != best)
        {
            trainer.LoadBest();
        }

        TrainingState.Delete(folder);
        if (history.KeptStep != best)
        {
            SafeFile.Write(Path.Combine(folder, BestName), stream => StudentFolder.WriteWeights(model, stream));
        }

        return history;
    }

    /// <summary>Classes that have no names of their own get ours.</summary>
    private static StudentStart Start(StudentOptions options)
    {
        var start = StudentStart.Open(options);
        return start.Config.Labels.SequenceEqual(["LABEL_0", "LABEL_1"])
            ? start with { Config = start.Config with { Labels = ["safe", "unsafe"] } }
            : start;
    }

    private static Dictionary<string, string> Identity(
        DistilOptions options, StudentStart start, LabelledTokens[] learned, LabelledTokens[] heldOut)
    {
        Dictionary<string, string> identity = TrainingIdentity.Of(options.Training, options.Student, options);
        identity["the shape"] = TrainingIdentity.Hash(DebertaV2ConfigWriter.Write(start.Config));
        identity["the rows"] = Hash(learned);
        identity["the held-out rows"] = Hash(heldOut);
        return identity;

        static string Hash(LabelledTokens[] rows) =>
            TrainingIdentity.Hash(rows, static row => row.Tokens, static row => $"{row.Target:R} {row.Constant:R} {row.Unsafe}");
    }

    private static void WriteBundle(
        DistilOptions options,
        StudentStart start,
        TrainableDebertaV2 model,
        HeldOutFigures figures,
        TrainingHistory history,
        IReadOnlyList<DataSource> sources,
        string folder,
        CancellationToken cancellationToken)
    {
        (Calibration calibration, CardMetrics metrics) = figures.Finish("held-out rows of the training data", options.Calibrate, cancellationToken);
        StudentFolder.Shift(model, calibration);
        var card = new StudentCard(
            typeof(Distiller).Assembly.GetName().Version!.ToString(3),
            sources,
            options with { Student = options.Student.WithoutFolders() },
            history.Initialised,
            history.Steps.Count,
            history.KeptStep,
            history.Evaluations,
            [metrics]);
        var manifest = new GuardManifest
        {
            Kind = DebertaV2Config.ModelType,
            Name = options.Name,
            Files = new Dictionary<string, BundleFile>(),
            Labels = start.Config.Labels,
            Temperature = calibration.Temperature,
            FeatureWidth = start.Config.HiddenSize,
            Normalise = options.Normalise ?? start.Normalise,
            Deberta = new DebertaV2Settings(start.MaxTokens, Math.Min(64, start.MaxTokens / 2), start.TokenizerMode),
            Training = card.ToJson(),
        };
        try
        {
            Bundle.Write(folder, manifest, StudentFolder.Files(model, start, options.Student, DebertaV2ConfigWriter.SequenceClassification));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException(
                $"{folder}: the bundle cannot be written: {fault.Message}; the checkpoint is kept, and the same command goes on from it", fault);
        }
    }
}
