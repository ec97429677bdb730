using Picket.Compute;
using Picket.Data;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Training.Autograd;
using Picket.Training.DebertaV2;
using Picket.Training.NGram;
using Picket.Training.Optimisation;

namespace Picket.Training.Distillation;

/// <summary>
/// Makes one student of several that were trained from one encoder: every weight is the mean of theirs, a uniform model soup (Wortsman et al.
/// 2022), which costs no more to run than one of them and does better on texts unlike those of the training.
/// </summary>
public static class StudentAverager
{
    /// <summary>Averages students, and calibrates the average on labelled rows.</summary>
    /// <param name="students">The students' folders, two or more: of one shape, with one tokenizer, in fp32.</param>
    /// <param name="folder">The average's; absent or empty.</param>
    /// <param name="options">Settings.</param>
    /// <param name="data">Labelled rows by file.</param>
    /// <param name="progress">Told before each scoring.</param>
    /// <param name="cancellationToken">Stops between passes; nothing is written.</param>
    /// <exception cref="PicketException">
    /// A setting is out of range, the students do not fit each other, the folder is not free, a student learned from the rows by what its model
    /// card says, they lack a class, or the average is worse than the worst student.
    /// </exception>
    /// <exception cref="IOException">The bundle cannot be written.</exception>
    public static Task<AverageCard> RunAsync(
        IReadOnlyList<string> students,
        string folder,
        AverageOptions options,
        IReadOnlyList<(DataSource Source, IReadOnlyList<Example> Rows)> data,
        IProgress<AverageProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(students);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        options.Validate();
        return Task.Run(() => Run(students, folder, options, data, progress, cancellationToken), cancellationToken);
    }

    private static AverageCard Run(
        IReadOnlyList<string> folders,
        string folder,
        AverageOptions options,
        IReadOnlyList<(DataSource Source, IReadOnlyList<Example> Rows)> data,
        IProgress<AverageProgress>? progress,
        CancellationToken cancellationToken)
    {
        Bundle.RequireFree(folder);
        IReadOnlyList<AveragedBundle> students = AveragedBundle.OpenAll(folders, data.Select(static file => file.Source), options.HeldOutOnly);
        StudentStart start = students[0].Start;
        int threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        (DataSource Source, IReadOnlyList<Example> Rows)[] taken = HeldOut.Take(data, options.HeldOutOnly);
        LabelledTokens[] rows =
            new LabelledRows(new DistilOptions(), start).Create([.. taken.SelectMany(static file => file.Rows)], threads, cancellationToken);
        if (rows.Select(static row => row.Unsafe).Distinct().Count() < 2)
        {
            throw new PicketException($"expected safe and unsafe rows to calibrate on, found {rows.Length:N0} rows without one of the two");
        }

        using var context = new ComputeContext(new ComputeOptions { Threads = threads });
        var passes = new StudentOptions { From = start.Weights!, Threads = threads };
        using var model = new TrainableDebertaV2(start.Config, DebertaV2Head.Classifier, passes, context);
        var figures = new HeldOutFigures(rows, new ClassificationObjective(model), new TrainingSettings());
        double[][] sums = [.. model.Parameters.Select(static parameter => new double[parameter.Values.Length])];
        var measured = new List<AveragedStudent>();
        foreach (AveragedBundle student in students)
        {
            progress?.Report(new AverageProgress(student.Bundle.Manifest.Name, measured.Count, students.Count + 1));
            student.Load(model);
            Add(model, sums);
            measured.Add(student.Measured(Finish().Metrics));
        }

        progress?.Report(new AverageProgress(options.Name, students.Count, students.Count + 1));
        SetMean(model, sums, students.Count);
        (Calibration calibration, CardMetrics metrics) = Finish();
        if (metrics.Auprc < measured.Min(static student => student.Metrics.Auprc))
        {
            throw new PicketException(
                $"nothing is written: expected students of one encoder, whose average is no worse than the worst of them, "
                + $"found AUPRC {metrics.Auprc:0.0000} where they have {string.Join(", ", measured.Select(static one => $"{one.Metrics.Auprc:0.0000}"))}");
        }

        bool told = students.All(static student => student.Origin.HeldOutShare is not null);
        var card = new AverageCard(
            typeof(StudentAverager).Assembly.GetName().Version!.ToString(3),
            AveragedBundle.Data(students),
            new AverageSettings(told ? students.Min(static student => student.Origin.HeldOutShare) : null),
            measured,
            [.. taken.Select(static file => file.Source)],
            [metrics]);
        StudentFolder.Shift(model, calibration);
        GuardManifest manifest = students[0].Bundle.Manifest with
        {
            Name = options.Name,
            Threshold = 0.5,
            Temperature = calibration.Temperature,
            Training = card.ToJson(),
        };
        Bundle.Write(folder, manifest, StudentFolder.Files(model, start, passes, DebertaV2ConfigWriter.SequenceClassification));
        return card;

        (Calibration Calibration, CardMetrics Metrics) Finish() => figures.Finish("the rows it was calibrated on", calibrate: true, cancellationToken);
    }

    private static void Add(TrainableDebertaV2 model, double[][] sums)
    {
        foreach ((Parameter parameter, double[] sum) in model.Parameters.Zip(sums))
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += parameter.Values[i];
            }
        }
    }

    private static void SetMean(TrainableDebertaV2 model, double[][] sums, int count)
    {
        foreach ((Parameter parameter, double[] sum) in model.Parameters.Zip(sums))
        {
            for (int i = 0; i < sum.Length; i++)
            {
                parameter.Values[i] = (float)(sum[i] / count);
            }
        }
    }
}
