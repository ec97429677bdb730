using Picket.Chat;
using Picket.Testing;
using Picket.Training.Auditing;

namespace Picket.Training.Tests.Auditing;

public sealed class TrialJournalTests : IDisposable
{
    private static readonly Dictionary<string, string> s_settings = new() { ["target"] = "a", ["seed"] = "1" };

    private readonly ScratchFolder _folder = new();

    private string Path => _folder["audit.journal"];

    [Fact]
    public void Find_AfterAnotherRun_GivesWhatWasAppended()
    {
        Write(3, 1);

        using TrialJournal journal = TrialJournal.Open(Path, s_settings);
        TrialAnswer found = journal.Find(3)!;

        Assert.Equal((3, GenerationFinish.Stop, true, 10L, 5L, 2.5, null), (
            found.Number, found.Finish, found.Refused, found.PromptTokens, found.AnswerTokens, found.Milliseconds, found.Text));
        Assert.Equal([new("guard x", true), new("prefix", false)], found.Successes);
        Assert.NotNull(journal.Find(1));
        Assert.Null(journal.Find(0));
    }

    [Fact]
    public void Open_FileCutAnywhere_KeepsTheWholeLines()
    {
        Write(0, 1, 2);
        byte[] whole = File.ReadAllBytes(Path);
        for (int length = 0; length <= whole.Length; length += 7)
        {
            File.WriteAllBytes(Path, whole[..length]);
            using (TrialJournal journal = TrialJournal.Open(Path, s_settings))
            {
                int kept = Enumerable.Range(0, 3).Count(number => journal.Find(number) is not null);
                Assert.Equal(Math.Max(0, whole[..length].Count(static b => b == '\n') - 1), kept);
                journal.Append(Answer(9));
            }

            using TrialJournal again = TrialJournal.Open(Path, s_settings);
            Assert.NotNull(again.Find(9));
        }
    }

    [Fact]
    public void Open_OtherSettings_SaysWhatDiffersAndQuotesNothing()
    {
        Write(0);

        var fault = Assert.Throws<PicketException>(() => TrialJournal.Open(Path, new Dictionary<string, string>(s_settings) { ["seed"] = "2" }));

        Assert.Equal($"{Path}: an earlier run left this journal, and it belongs to another seed; remove it, or finish that run first", fault.Message);
    }

    [Fact]
    public void Open_AnotherFile_IsRefused()
    {
        File.WriteAllText(Path, "some words\nand more\n");

        Assert.Throws<PicketException>(() => TrialJournal.Open(Path, s_settings));
        Assert.Equal("some words\nand more\n", File.ReadAllText(Path));
    }

    [Fact]
    public void Dispose_WithoutAnswers_LeavesNoFile()
    {
        TrialJournal.Open(Path, s_settings).Dispose();

        Assert.False(File.Exists(Path));
    }

    public void Dispose() => _folder.Dispose();

    private static TrialAnswer Answer(int number) => new(
        number, GenerationFinish.Stop, true, new SortedDictionary<string, bool> { ["guard x"] = true, ["prefix"] = false }, 10, 5, 2.5);

    private void Write(params int[] numbers)
    {
        using TrialJournal journal = TrialJournal.Open(Path, s_settings);
        Array.ForEach(numbers, number => journal.Append(Answer(number)));
    }
}
