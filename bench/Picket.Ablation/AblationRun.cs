using Picket.Compute;
using Picket.Data;
using Picket.Evaluation;
using Picket.Models;

namespace Picket.Ablation;

/// <summary>
/// Plain distillation, copies and written prompts, side by side. What is finished of an earlier run, rows and cells, is not done again.
/// </summary>
/// <param name="settings">What it is run with.</param>
/// <param name="log">Told what is done.</param>
internal sealed class AblationRun(AblationSettings settings, Action<string> log)
{
    private readonly RowFiles _files = new(settings.Work);

    /// <summary>Runs all cells that are missing.</summary>
    /// <exception cref="PicketException">A file is bad or absent, or the work folder is another ablation's.</exception>
    public async Task<AblationReport> RunAsync(CancellationToken cancellationToken)
    {
        string teacherHash = await WholeFile.HashAsync(settings.Teacher, cancellationToken);
        SortedDictionary<string, string> identity = await AblationIdentity.OfAsync(settings, teacherHash, cancellationToken);
        await AblationIdentity.KeepAsync(settings.Work, identity, cancellationToken);
        await using IGuard teacher = await LoadAsync(settings.Teacher, cancellationToken);
        IReadOnlyList<AddedRows> added = await new RowMaker(settings, teacher, teacherHash, log).MakeAsync(cancellationToken);
        IReadOnlyList<(string Name, IReadOnlyList<Example> Rows)> sets = await SetsAsync(cancellationToken);
        var cells = new CellBook(settings.Work);
        Cell judged = await cells.GetAsync(
            "teacher", "", 0, teacherHash, async () => (0, await MeasureAsync(teacher, sets, cancellationToken)), cancellationToken);
        var done = new List<Cell>();
        foreach (IStudent student in Students())
        {
            string how = await student.IdentityAsync(cancellationToken);
            foreach (int seed in settings.Seeds)
            {
                foreach (Arm arm in Arms.All)
                {
                    done.Add(await cells.GetAsync(
                        student.Name, arm.NameOf(), seed, how, () => TrainAsync(student, arm, seed, sets, cancellationToken), cancellationToken));
                }
            }
        }

        return new AblationReport
        {
            Created = DateTimeOffset.UtcNow,
            Teacher = $"{teacher.Description.Name} ({teacher.Description.Kind}), which stands in for Llama-Guard-3",
            Generator = $"interpolated modified Kneser-Ney {settings.Order}-grams of the seed rows, which stand in for a language model",
            Settings = identity,
            Added = added,
            TeacherFigures = judged,
            Cells = [.. done.OrderBy(cell => cell.Student != "deberta").ThenBy(static cell => Order(cell.Arm)).ThenBy(static cell => cell.Seed)],
        };

        static int Order(string arm) => Arms.All.ToList().FindIndex(one => one.NameOf() == arm);
    }

    // The cheap one first: it shows in minutes whether all is well.
    private IEnumerable<IStudent> Students()
    {
        yield return new NGramStudent(settings);
        if (settings.Student is { } start)
        {
            yield return new DebertaStudent(settings, start, log);
        }
    }

    private async Task<(int Rows, IReadOnlyDictionary<string, SetFigures> Figures)> TrainAsync(
        IStudent student, Arm arm, int seed, IReadOnlyList<(string Name, IReadOnlyList<Example> Rows)> sets, CancellationToken cancellationToken)
    {
        IReadOnlyList<Example> seeds = await RowShare.ReadAsync(_files.Seeds, cancellationToken);
        IReadOnlyList<Example> added = await RowShare.ReadAsync(_files.Added(arm == Arm.Plain ? Arm.Eda : arm, seed), cancellationToken);
        Example[] rows = arm == Arm.Plain ? [.. seeds] : [.. seeds, .. added];
        string folder = Path.Combine(settings.Work, "students", $"{student.Name}-{arm.NameOf()}-{seed}");
        log($"{student.Name}, {arm.NameOf()}, seed {seed}: learning from {rows.Length} rows");
        await student.TrainAsync(new TrainingRows(rows, seeds.Count + added.Count), seed, folder, cancellationToken);
        await using IGuard guard = await LoadAsync(folder, cancellationToken);
        IReadOnlyDictionary<string, SetFigures> figures = await MeasureAsync(guard, sets, cancellationToken);
        if (!settings.KeepStudents)
        {
            Directory.Delete(folder, recursive: true);
        }

        return (rows.Length, figures);
    }

    private ValueTask<IGuard> LoadAsync(string folder, CancellationToken cancellationToken) => GuardLoader.LoadAsync(
        folder, normalise: true, settings.Threads == 0 ? new ComputeOptions() : new ComputeOptions { Threads = settings.Threads }, cancellationToken);

    private async Task<IReadOnlyList<(string Name, IReadOnlyList<Example> Rows)>> SetsAsync(CancellationToken cancellationToken)
    {
        var sets = new List<(string, IReadOnlyList<Example>)>();
        foreach ((string name, string file) in EvaluationSets.Names.Zip(settings.EvaluationFiles))
        {
            sets.Add((name, await RowShare.ReadAsync(file, cancellationToken)));
        }

        return sets;
    }

    private static async Task<IReadOnlyDictionary<string, SetFigures>> MeasureAsync(
        IGuard guard, IReadOnlyList<(string Name, IReadOnlyList<Example> Rows)> sets, CancellationToken cancellationToken)
    {
        var evaluator = new Evaluator(new EvaluationOptions { Resamples = 0, LatencyInputs = 0 });
        var figures = new Dictionary<string, SetFigures>(StringComparer.Ordinal);
        foreach ((string name, IReadOnlyList<Example> rows) in sets)
        {
            GuardMetrics found = (await evaluator.EvaluateAsync(guard, name, rows, cancellationToken: cancellationToken)).Metrics;
            figures[name] = new SetFigures(found.F1!.Value, found.Auprc!.Value);
        }

        return figures;
    }
}
