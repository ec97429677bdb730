using System.Text;
using Picket.Training.Labelling;

namespace Picket.Training.Tests.Labelling;

public sealed class ResumeTests : IDisposable
{
    private readonly LabelFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LabelAsync_JournalCutAnywhere_GivesTheUndisturbedOutput()
    {
        await _folder.LabelAsync();
        byte[] expected = await _folder.OutputAsync();
        byte[] journal = await _folder.InterruptAsync(failingCall: 9);
        var random = new Random(4);

        foreach (int length in Enumerable.Range(0, 12).Select(_ => random.Next(journal.Length + 1)).Append(0))
        {
            File.Delete(_folder.Output);
            await File.WriteAllBytesAsync(_folder.Journal, journal[..length], Token);
            await _folder.LabelAsync();
            Assert.Equal(expected, await _folder.OutputAsync());
        }
    }

    [Fact]
    public async Task LabelAsync_AfterAFault_AsksOnlyForTheRest()
    {
        await _folder.InterruptAsync(failingCall: 9);
        var teacher = new TextTeacher();

        DisagreementReport report = await _folder.LabelAsync(teacher);

        // Of the eight calls before the failing one at most two were behind a gap.
        Assert.InRange(teacher.Scored, LabelFolder.Rows - (8 * 4), LabelFolder.Rows - (6 * 4));
        Assert.Equal(LabelFolder.Rows, report.Overall.Rows);
    }

    [Fact]
    public async Task LabelAsync_ZerosAfterAPowerCut_AreNoScores()
    {
        await _folder.LabelAsync();
        byte[] expected = await _folder.OutputAsync();
        byte[] journal = await _folder.InterruptAsync(failingCall: 6);

        await File.WriteAllBytesAsync(_folder.Journal, [.. journal, .. new byte[4096]], Token);
        await _folder.LabelAsync();

        Assert.Equal(expected, await _folder.OutputAsync());
    }

    [Fact]
    public async Task LabelAsync_Cancelled_KeepsWhatWasScored()
    {
        using var caller = new CancellationTokenSource();
        var teacher = new TextTeacher { Before = call => call == 5 ? caller.CancelAsync() : Task.CompletedTask };
        _folder.Options = _folder.Options with { Parallelism = 1 };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _folder.LabelAsync(teacher, caller.Token));

        Assert.Equal(1 + (4 * 4), (await File.ReadAllLinesAsync(_folder.Journal, Token)).Length);
        Assert.False(File.Exists(_folder.Output));
    }

    [Fact]
    public async Task LabelAsync_OtherInputTeacherAndThreshold_AreRefusedAndNamed()
    {
        byte[] journal = await _folder.InterruptAsync(failingCall: 5);
        _folder.WriteInput(rows: 49);
        _folder.Options = _folder.Options with { Threshold = 0.7 };
        var other = new TextTeacher { Description = new GuardDescription("other", "fake") };

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => _folder.LabelAsync(other));

        Assert.Equal(
            $"{_folder.Journal}: an earlier run left this journal, and it belongs to another input and another guard and the threshold 0.5, "
            + "not 0.7; remove it, or finish that run first",
            fault.Message);
        Assert.Equal(journal, await File.ReadAllBytesAsync(_folder.Journal, Token));
    }

    [Fact]
    public async Task LabelAsync_OtherThresholdButNothingScored_BeginsAnew()
    {
        byte[] journal = await _folder.InterruptAsync(failingCall: 9);
        await File.WriteAllBytesAsync(_folder.Journal, journal[..(Array.IndexOf(journal, (byte)'\n') + 3)], Token);
        _folder.Options = _folder.Options with { Threshold = 0.2 };

        Assert.Equal(0.2, (await _folder.LabelAsync()).Threshold);
    }

    [Fact]
    public async Task LabelAsync_FirstCallFails_LeavesNoJournal()
    {
        _folder.Options = _folder.Options with { Parallelism = 1 };

        await Assert.ThrowsAsync<PicketException>(() => _folder.LabelAsync(new TextTeacher { FailingCall = 1 }));

        Assert.False(File.Exists(_folder.Journal));
    }

    [Theory]
    [InlineData("my notes")]
    [InlineData("my notes\n0.5\n")]
    [InlineData("{\"journal\":\"picket label 9\"}\n")]
    public async Task LabelAsync_AnotherFileOfThatName_IsLeftAlone(string text)
    {
        await File.WriteAllTextAsync(_folder.Journal, text, Token);

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => _folder.LabelAsync());

        Assert.Equal($"{_folder.Journal}: expected a journal that an earlier run left, found another file; move it away", fault.Message);
        Assert.Equal(text, await File.ReadAllTextAsync(_folder.Journal, Token));
    }

    [Fact]
    public async Task LabelAsync_TwoRunsForOneOutput_TheSecondIsRefused()
    {
        PicketException? fault = null;
        var teacher = new TextTeacher
        {
            Before = async call => fault = call == 1 ? await Assert.ThrowsAsync<PicketException>(() => _folder.LabelAsync()) : fault,
        };

        await _folder.LabelAsync(teacher);

        Assert.Equal($"{_folder.Journal}: is in use by another run, or may not be written", fault?.Message);
    }

    [Fact]
    public async Task LabelAsync_LongLineForAJournal_IsNoJournal()
    {
        await File.WriteAllTextAsync(_folder.Journal, new StringBuilder().Append('x', 200_000).ToString(), Token);

        await Assert.ThrowsAsync<PicketException>(() => _folder.LabelAsync());
    }

    public void Dispose() => _folder.Dispose();
}
