using Picket.Evaluation;
using Picket.Training.NGram;
using Picket.Training.Optimisation;

namespace Picket.Cli;

/// <summary>What every training has around it: the bar, the report while it runs and at its end, and figures on test sets.</summary>
/// <param name="streams">Where progress is shown.</param>
/// <param name="clock">Times the updates.</param>
/// <param name="folder">The result's folder, where <c>training.json</c> goes too.</param>
/// <param name="page">The page's file; <see langword="null"/> for <c>training.html</c> in the folder.</param>
internal sealed class TrainingRun(StandardStreams streams, TimeProvider clock, string folder, string? page) : IProgress<TrainingProgress>, IDisposable
{
    private const string CheckpointName = "checkpoint.safetensors";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly TrainingBar _bar = new(streams, clock);
    private readonly string _json = Path.Combine(folder, "training.json");
    private readonly string _page = page ?? Path.Combine(folder, "training.html");
    private TrainingJournal _journal = new(clock, null);
    private TrainingReport? _report;
    private long? _written;

    /// <summary>The page's file.</summary>
    public string Page => _page;

    /// <summary>A report of nothing yet.</summary>
    public static TrainingReport Blank<TRecord>(
        string kind, string name, IReadOnlyList<Setting<TRecord>> settings, TRecord record, TRecord defaults, IReadOnlyList<DataSource> data) => new()
        {
            Schema = 1,
            Kind = kind,
            Name = name,
            State = "running",
            Created = default,
            PicketVersion = typeof(TrainingRun).Assembly.GetName().Version!.ToString(3),
            TotalSteps = 0,
            Epochs = 0,
            Settings =
        [
            .. settings.Select(setting => new ReportSetting(
                setting.Key, SettingValue.Format(setting.Get(record)), SettingValue.Format(setting.Get(defaults)))),
        ],
            Data = data,
            Steps = [],
            Evaluations = [],
            Tests = [],
        };

    /// <summary>Trains, or goes on with a training that the folder holds a checkpoint of; the report is written however it ends.</summary>
    /// <returns>The finished training's report, which <see cref="WriteAsync"/> is still to write, and the update that was kept.</returns>
    public async Task<(TrainingReport Report, long KeptStep)> TrainAsync(TrainingReport blank, Func<IProgress<TrainingProgress>, Task<TrainingHistory>> train)
    {
        Directory.CreateDirectory(folder);
        string checkpoint = Path.Combine(folder, CheckpointName);
        if (File.Exists(checkpoint))
        {
            streams.Error.WriteLine($"continuing from {checkpoint}");
            _journal = new TrainingJournal(clock, TrainingReportJson.TryRead(_json));
        }

        _report = blank;
        try
        {
            TrainingHistory history = await train(this);
            _bar.Dispose();
            if (history.Initialised.Count > 0)
            {
                streams.Error.WriteLine($"begun at random, as the start had no values for them: {string.Join(", ", history.Initialised)}");
            }

            return (_journal.AddTo(blank, history) with { State = "finished" }, history.KeptStep);
        }
        catch (Exception fault)
        {
            WriteMeanwhile(fault is OperationCanceledException ? "interrupted" : "failed");
            throw;
        }
        finally
        {
            _bar.Dispose();
        }
    }

    /// <summary>Measures the finished guard on each of <paramref name="tests"/>.</summary>
    public static async Task<IReadOnlyList<CardMetrics>> TestAsync(
        IGuard guard, IReadOnlyList<TrainingFile> tests, CancellationToken cancellationToken)
    {
        var evaluator = new Evaluator(new EvaluationOptions { Resamples = 0, LatencyInputs = 0 });
        var rows = new List<CardMetrics>();
        foreach (TrainingFile test in tests)
        {
            EvaluationResult result = await evaluator.EvaluateAsync(
                guard, test.Source.Name, test.Rows.ToAsyncEnumerable(), cancellationToken: cancellationToken);
            GuardMetrics found = result.Metrics;
            rows.Add(new CardMetrics(
                test.Source, found.Auprc?.Value, found.F1?.Value, found.FalsePositiveRate?.Value, found.Recall?.Value, found.Ece?.Value));
        }

        return rows;
    }

    /// <summary>Writes <c>training.json</c> and the page.</summary>
    /// <exception cref="PicketException">A file cannot be written.</exception>
    public async Task WriteAsync(TrainingReport report, CancellationToken cancellationToken)
    {
        report = report with { Created = clock.GetUtcNow().ToUniversalTime() };
        await ReportFile.WriteAsync(_json, TrainingReportJson.Serialize(report), cancellationToken);
        await ReportFile.WriteAsync(_page, TrainingPage.Render(report), cancellationToken);
    }

    public void Report(TrainingProgress value)
    {
        _journal.Report(value);
        _bar.Report(value);
        if (value.Evaluation is not null && (_written is not { } written || clock.GetElapsedTime(written) >= Pause))
        {
            WriteMeanwhile("running");
        }
    }

    public void Dispose() => _bar.Dispose();

    /// <summary>Writes how far it is, for somebody who looks at the page meanwhile; that this fails ends no training.</summary>
    private void WriteMeanwhile(string state)
    {
        _written = clock.GetTimestamp();
        try
        {
            // A trainer tells its progress in the middle of its loop, which goes on when the files are there.
            WriteAsync(_journal.AddTo(_report!) with { State = state }, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (PicketException fault)
        {
            streams.Error.WriteLine($"picket: warning: {fault.Message}");
        }
    }
}
