using System.Collections.Concurrent;

namespace Picket.Chat.Tests;

/// <summary>A journal that outlives an auditor and not the test.</summary>
internal sealed class MemoryJournal : ITrialJournal
{
    public ConcurrentDictionary<int, TrialAnswer> Answers { get; } = [];

    public TrialAnswer? Find(int number) => Answers.GetValueOrDefault(number);

    public void Append(TrialAnswer answer) => Assert.True(Answers.TryAdd(answer.Number, answer), $"trial {answer.Number} twice");
}
