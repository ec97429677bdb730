using Picket.Compute;
using Picket.Testing;
using Picket.Training.Optimisation;

namespace Picket.Training.Tests.Optimisation;

public sealed class TrainerTests : IDisposable
{
    private static readonly TrainingSettings s_settings = new()
    {
        Epochs = 4,
        BatchSize = 16,
        ChunkSize = 5,
        ChunkTokens = 20,
        LearningRate = 0.05,
        WarmupSteps = 5,
        EvaluateEvery = 6,
        CheckpointEvery = 4,
    };

    private static readonly Point[] s_rows = LogisticRegression.Draw(100);
    private readonly ScratchFolder _folder = new();
    private readonly ComputeContext _context = new(new ComputeOptions { Threads = 2 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_SeparableRows_LearnsThem()
    {
        (TrainingHistory history, _) = Train(s_settings with { Epochs = 60 }, "a");

        Assert.Equal(60 * 7, history.Steps.Count);
        Assert.Equal(Enumerable.Range(1, history.Steps.Count).Select(static step => (long)step), history.Steps.Select(static step => step.Step));
        Assert.True(history.Evaluations[^1].Figures["right"] > 0.9);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void Run_KilledAtFiveRandomMoments_EqualsTheUninterruptedRunBitForBit(int seed, bool politely)
    {
        (TrainingHistory expected, float[] weights) = Train(s_settings, "whole");
        var random = new Random(seed);
        var reported = new SortedDictionary<long, TrainingStep>();
        for (int kill = 0; kill < 5; kill++)
        {
            int calls = random.Next(1, 60);
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            Exception? end = Record.Exception(() => Train(s_settings, "cut", cancellation.Token, reported, call =>
            {
                if (call == calls)
                {
                    if (!politely)
                    {
                        throw new InvalidOperationException("the plug was pulled");
                    }

                    cancellation.Cancel();
                }
            }));
            Assert.True(end is null or OperationCanceledException or InvalidOperationException, $"{end}");
        }

        (TrainingHistory resumed, float[] resumedWeights) = Train(s_settings, "cut", Token, reported);

        Assert.Equal(weights, resumedWeights);
        Assert.Equal(expected.Steps, resumed.Steps);
        Assert.Equal(expected.Steps, reported.Values);
        Assert.Equal(Shown(expected.Evaluations), Shown(resumed.Evaluations));
        Assert.Equal(File.ReadAllBytes(_folder["whole/best.safetensors"]), File.ReadAllBytes(_folder["cut/best.safetensors"]));
    }

    [Fact]
    public void Run_CancelledDuringAnEvaluation_EvaluatesAfterTheResumption()
    {
        (TrainingHistory expected, _) = Train(s_settings, "whole");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var objective = new LogisticRegression();
        TrainingPlan<Point> plan = Plan(objective, "cut") with
        {
            Evaluate = token =>
            {
                cancellation.Cancel();
                token.ThrowIfCancellationRequested();
                return new Dictionary<string, double>();
            },
        };
        using (var trainer = new Trainer<Point>(objective, s_settings, plan, _context))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => trainer.Run(null, cancellation.Token));
        }

        (TrainingHistory resumed, _) = Train(s_settings, "cut");

        Assert.Equal(Shown(expected.Evaluations), Shown(resumed.Evaluations));
    }

    [Fact]
    public void LoadBest_AfterTheRun_GivesTheParametersOfTheLastOfTheBestEvaluations()
    {
        using var objective = new LogisticRegression();
        double[] figures = [0.5, 0.9, 0.7, 0.9, 0.1];
        var seen = new List<float[]>();
        TrainingPlan<Point> plan = Plan(objective, "a") with
        {
            Evaluate = _ =>
            {
                seen.Add(objective.Snapshot());
                return new Dictionary<string, double> { ["right"] = figures[seen.Count - 1] };
            },
        };
        using var trainer = new Trainer<Point>(objective, s_settings, plan, _context);
        TrainingHistory history = trainer.Run(null, Token);

        Assert.Equal(seen[^1], objective.Snapshot());
        Assert.Equal(24, trainer.LoadBest());
        Assert.Equal(seen[3], objective.Snapshot());
        Assert.Equal([true, true, false, true, false], history.Evaluations.Select(static evaluation => evaluation.Best));
    }

    [Fact]
    public void Run_FinishedCheckpoint_TrainsNothing()
    {
        (TrainingHistory expected, float[] weights) = Train(s_settings, "a");
        var reported = new SortedDictionary<long, TrainingStep>();

        (TrainingHistory again, float[] same) = Train(s_settings, "a", Token, reported);

        Assert.Empty(reported);
        Assert.Equal(expected.Steps, again.Steps);
        Assert.Equal(weights, same);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_AnyThreads_GivesTheSameParameters(int threads)
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = threads });
        using var objective = new LogisticRegression();
        using var trainer = new Trainer<Point>(objective, s_settings, Plan(objective, "b"), context);
        trainer.Run(null, Token);

        Assert.Equal(Train(s_settings, "a").Weights, objective.Snapshot());
    }

    [Fact]
    public void Run_LossIsNoNumber_NamesUpdateAndRowsAndKeepsParametersAndCheckpoint()
    {
        int calls = 0;
        using var objective = new LogisticRegression { OnCall = call => calls = call, Loss = loss => calls > 40 ? double.NaN : loss };
        using var trainer = new Trainer<Point>(objective, s_settings, Plan(objective, "a"), _context);
        long last = 0;
        float[] before = [];

        var fault = Assert.Throws<PicketException>(() => trainer.Run(
            new Probe(progress => (last, before) = (progress.Step.Step, objective.Snapshot())), Token));

        Assert.Matches(
            $@"^update {last + 1}: expected a loss that is a finite number, found NaN, on rows row-\d+(, row-\d+)*; the parameters are those of "
            + $@"update {last}, the checkpoint of update \d+ is untouched; ",
            fault.Message);
        Assert.Equal(before, objective.Snapshot());
        Assert.True(File.Exists(_folder["a/checkpoint.safetensors"]));
    }

    [Fact]
    public void Run_GradientIsNoNumber_NamesTwentyRowsAndCountsTheRest()
    {
        using var objective = new LogisticRegression { Loss = static _ => 0.5 };
        Point[] rows = [.. s_rows.Select(static row => row with { Inputs = [float.NaN, 0, 0, 0] })];
        TrainingSettings settings = s_settings with { BatchSize = 32 };
        using var trainer = new Trainer<Point>(objective, settings, Plan(objective, "a", rows), _context);
        using var quiet = new LogisticRegression();

        var fault = Assert.Throws<PicketException>(() => trainer.Run(null, Token));

        Assert.Matches(
            "^update 1: expected a gradient norm that is a finite number, found NaN, on rows (row-[0-9]+, ){19}row-[0-9]+ and 12 more; ",
            fault.Message);
        Assert.Contains("there is no checkpoint yet", fault.Message, StringComparison.Ordinal);
        Assert.Equal(quiet.Snapshot(), objective.Snapshot());
    }

    public void Dispose()
    {
        _context.Dispose();
        _folder.Dispose();
    }

    private static string[] Shown(IEnumerable<TrainingEvaluation> evaluations) =>
    [
        .. evaluations.Select(static one =>
            $"{one.Step} {one.Best} {string.Join(' ', one.Figures.Select(static pair => $"{pair.Key} {pair.Value:R}"))}"),
    ];

    private (TrainingHistory History, float[] Weights) Train(
        TrainingSettings settings, string folder, CancellationToken? cancellationToken = null,
        SortedDictionary<long, TrainingStep>? reported = null, Action<int>? onCall = null)
    {
        using var objective = new LogisticRegression { OnCall = onCall };
        using var trainer = new Trainer<Point>(objective, settings, Plan(objective, folder), _context);
        var probe = new Probe(progress => reported?[progress.Step.Step] = progress.Step);
        return (trainer.Run(probe, cancellationToken ?? Token), objective.Snapshot());
    }

    private TrainingPlan<Point> Plan(LogisticRegression objective, string folder, Point[]? rows = null) => new()
    {
        Rows = rows ?? s_rows,
        Id = static place => $"row-{place}",
        Unsafe = static place => s_rows[place].Unsafe,
        Evaluate = _ => new Dictionary<string, double>
        {
            ["right"] = s_rows.Average(row => objective.Probability(row) > 0.5 == row.Unsafe ? 1.0 : 0),
        },
        Deciding = "right",
        Folder = _folder[folder],
        Identity = new Dictionary<string, string> { ["rows"] = "100" },
    };

    private sealed class Probe(Action<TrainingProgress> onReport) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => onReport(value);
    }
}
