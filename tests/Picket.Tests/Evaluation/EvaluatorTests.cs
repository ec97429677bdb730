using Picket.Data;
using Picket.Evaluation;

namespace Picket.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly EvaluationOptions Options = new() { Resamples = 10, BatchSize = 4, LatencyInputs = 3 };
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task EvaluateAsync_LabelledRows_ScoresThemInBatches()
    {
        var guard = new LengthGuard();

        EvaluationResult result = await new Evaluator(Options).EvaluateAsync(guard, "set", Rows(10), cancellationToken: Cancellation);

        Assert.Equal("set", result.Dataset);
        Assert.Equal((10, 5), (result.Metrics.Rows, result.Metrics.UnsafeRows));
        Assert.Equal(1, result.Metrics.Auroc!.Value);
        Assert.Equal([4, 4, 2], guard.Batches.Take(3));
    }

    [Fact]
    public async Task EvaluateAsync_UnlabelledRows_CountsAndSkipsThem()
    {
        Example[] rows = [.. Rows(6), new Example { Id = "x", Prompt = "p" }, new Example { Id = "y", Prompt = "p" }];

        EvaluationResult result = await new Evaluator(Options).EvaluateAsync(new LengthGuard(), "set", rows, cancellationToken: Cancellation);

        Assert.Equal(2, result.UnlabelledRows);
        Assert.Equal(6, result.Metrics.Rows);
    }

    [Fact]
    public async Task EvaluateAsync_NoLabelAtAll_ThrowsNamingTheSet()
    {
        Example[] rows = [new() { Id = "x", Prompt = "p" }];

        var fault = await Assert.ThrowsAsync<PicketException>(
            () => new Evaluator(Options).EvaluateAsync(new LengthGuard(), "set", rows, cancellationToken: Cancellation));

        Assert.Equal("set: none of 1 rows has a label, expected some with unsafe 0 or 1", fault.Message);
    }

    [Fact]
    public async Task EvaluateAsync_NoThresholdGiven_TakesTheGuards()
    {
        EvaluationResult own = await new Evaluator(Options).EvaluateAsync(new LengthGuard(), "set", Rows(4), cancellationToken: Cancellation);
        EvaluationResult given = await new Evaluator(Options with { Threshold = 0.9 })
            .EvaluateAsync(new LengthGuard(), "set", Rows(4), cancellationToken: Cancellation);

        Assert.Equal((0.25, 0.9), (own.Threshold, given.Threshold));
    }

    [Fact]
    public async Task EvaluateAsync_ManualClock_MeasuresLatencyAndThroughput()
    {
        var clock = new ManualClock();
        var guard = new LengthGuard(inputs => clock.Advance(TimeSpan.FromMilliseconds(5 * inputs)));

        EvaluationResult result = await new Evaluator(Options, clock).EvaluateAsync(guard, "set", Rows(10), cancellationToken: Cancellation);

        Assert.Equal(200, result.Performance.InputsPerSecond!.Value, 1e-9);
        Assert.Equal(new LatencySummary(3, 5, 5, 5), result.Performance.Latency);
        Assert.True(result.Performance.PeakWorkingSetBytes > 1_000_000);
    }

    [Fact]
    public async Task EvaluateAsync_ScoreNotANumber_NamesTheExample()
    {
        Example[] rows = [new() { Id = "row-7", Prompt = "secret", Response = "NaN", Unsafe = true }];

        var fault = await Assert.ThrowsAsync<PicketException>(
            () => new Evaluator(Options).EvaluateAsync(new LengthGuard(), "set", rows, cancellationToken: Cancellation));

        Assert.Equal("guard length, example row-7, unsafe probability: found NaN, expected 0 to 1", fault.Message);
    }

    [Fact]
    public async Task EvaluateAsync_Cancelled_StopsBeforeTheNextBatch()
    {
        using var source = new CancellationTokenSource();
        var guard = new LengthGuard(_ => source.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Evaluator(Options).EvaluateAsync(guard, "set", Rows(10), cancellationToken: source.Token));

        Assert.Single(guard.Batches);
    }

    [Fact]
    public async Task EvaluateAsync_Progress_ReportsRowsAndStages()
    {
        var progress = new ProgressLog();

        await new Evaluator(Options).EvaluateAsync(new LengthGuard(), "set", Rows(6), progress, Cancellation);

        Assert.Equal(
            [
                new(EvaluationStage.Scoring, 4),
                new(EvaluationStage.Scoring, 6),
                new(EvaluationStage.Latency, 6),
                new(EvaluationStage.Metrics, 6),
            ],
            progress.Reports);
    }

    private static Example[] Rows(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Example { Id = $"{i}", Prompt = new string('x', i % 2 == 0 ? 10 : 90), Unsafe = i % 2 == 1 }),
    ];
}
