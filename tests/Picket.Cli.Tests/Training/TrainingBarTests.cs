namespace Picket.Cli.Tests.Training;

public sealed class TrainingBarTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly StringWriter _error = new();

    [Fact]
    public void Report_NoTerminal_TellsTheFirstUpdateAMinuteAndEachEvaluation()
    {
        using var bar = new TrainingBar(new StandardStreams(Stream.Null, Stream.Null, _error), _clock);
        for (int step = 1; step <= 10; step++)
        {
            bar.Report(FakeTraining.Progress(step, 10, evaluated: step == 4));
            _clock.Pass(20);
        }

        string[] lines = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["step 1/10", "step 4/10", "step 7/10", "step 10/10"], lines.Select(static line => line.Split("  ")[0]));
        Assert.Equal("step 4/10  loss 0.5000  held-out auprc 0.7500  loss NaN", lines[1]);
        Assert.Equal("step 7/10  loss 0.5000  lr 1.00e-4  5 tokens/s  0:51 left  epoch 1/2", lines[2]);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(200)]
    public void Report_Terminal_DrawsABarThatFits(int width)
    {
        using var bar = new TrainingBar(
            new StandardStreams(Stream.Null, Stream.Null, _error) { ErrorIsTerminal = true, ErrorWidth = () => width }, _clock);
        bar.Report(FakeTraining.Progress(1, 4));
        _clock.Pass(3);
        bar.Report(FakeTraining.Progress(2, 4));

        string line = _error.ToString().Split("\r\e[K")[^1];
        Assert.StartsWith("[####", line, StringComparison.Ordinal);
        Assert.Contains(" 50 %  step 2/4  loss 0.5000", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 1, width - 1);
    }

    [Fact]
    public void Report_Terminal_KeepsEvaluationsAboveTheBar()
    {
        using (var bar = new TrainingBar(new StandardStreams(Stream.Null, Stream.Null, _error) { ErrorIsTerminal = true }, _clock))
        {
            bar.Report(FakeTraining.Progress(2, 4, evaluated: true));
        }

        Assert.Contains("best so far\n", _error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r\e[K", _error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _error.Dispose();
}
