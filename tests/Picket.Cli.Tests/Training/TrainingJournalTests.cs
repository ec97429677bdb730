using Picket.Training.Optimisation;

namespace Picket.Cli.Tests.Training;

public sealed class TrainingJournalTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Report_Updates_AreTimedButForTheFirstAndThoseWithAnEvaluation()
    {
        var journal = new TrainingJournal(_clock, null);
        for (int step = 1; step <= 4; step++)
        {
            journal.Report(FakeTraining.Progress(step, 4, evaluated: step == 3));
            _clock.Pass(step);
        }

        Assert.Equal([null, 1, null, 3], journal.AddTo(TrainingReports.Make(1, 1)).Steps.Select(static step => step.Seconds));
    }

    [Fact]
    public void Report_AfterAKill_ReplacesTheUpdatesThatAreMadeAgain()
    {
        var journal = new TrainingJournal(_clock, TrainingReports.Make(10, 5));

        journal.Report(FakeTraining.Progress(6, 20));

        TrainingReport report = journal.AddTo(TrainingReports.Make(1, 1));
        Assert.Equal([1, 2, 3, 4, 5, 6], report.Steps.Select(static step => step.Step));
        Assert.Equal([2, 4], report.Evaluations.Select(static evaluation => evaluation.Step));
        Assert.Equal(0.5, report.Steps[^1].Loss);
    }

    [Fact]
    public void AddTo_History_KeepsTheTimesThatAreKnown()
    {
        var journal = new TrainingJournal(_clock, TrainingReports.Make(2, 1));
        journal.Report(FakeTraining.Progress(3, 4));
        TrainingStep[] steps = [.. Enumerable.Range(1, 3).Select(static step => FakeTraining.Progress(step, 4, loss: double.NaN).Step)];

        TrainingReport report = journal.AddTo(TrainingReports.Make(1, 1), new TrainingHistory(steps, []));

        Assert.Equal([true, true, false], report.Steps.Select(static step => step.Seconds is not null));
        Assert.All(report.Steps, static step => Assert.Null(step.Loss));
    }
}
