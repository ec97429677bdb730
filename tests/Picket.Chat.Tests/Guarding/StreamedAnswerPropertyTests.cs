using Microsoft.Extensions.AI;

namespace Picket.Chat.Tests;

public sealed class StreamedAnswerPropertyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task GetStreamingResponseAsync_AnyChoicesInAnyPieces_NothingUnsafeLeavesAndSafeOnesAreComplete(int longestPiece)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var source = new StreamRun(seed);
            var random = new Random(seed);
            string[] texts = [.. Enumerable.Range(0, 1 + random.Next(3))
                .Select(choice => $"{choice}{source.RandomText(random.Next(300), random.Next(2))}")];
            ChatResponseUpdate[] updates = Interleaved([.. texts.Select(text => source.Pieces(text, longestPiece).ToArray())], random);
            var run = new GuardedRun(updates);

            await run.StreamAsync(new GuardingOptions
            {
                WindowLength = source.Options.WindowLength,
                Overlap = source.Options.Overlap,
                ShortestStep = source.Options.ShortestStep,
                Step = source.Options.Step,
                ReadsOnAfterBlock = true,
                RefusalText = "",
            });

            for (int choice = 0; choice < texts.Length; choice++)
            {
                AssertLeft(texts[choice], [.. Of(updates, choice)], [.. Of(run.Left, choice)], run.Guard);
            }
        }
    }

    private static void AssertLeft(string text, ChatResponseUpdate[] came, ChatResponseUpdate[] left, MarkerGuard guard)
    {
        string released = string.Concat(left.Select(static update => update.Text));
        Assert.StartsWith(released, text, StringComparison.Ordinal);
        if (!text.Contains("BAD", StringComparison.Ordinal))
        {
            Assert.Equal(came, left.Take(came.Length));
            return;
        }

        string first = guard.Judged.Where(guard.IsUnsafe).First(window => text.Contains(window, StringComparison.Ordinal));
        Assert.InRange(released.Length, 0, text.IndexOf(first, StringComparison.Ordinal));
        Assert.Contains(left, static update => update.FinishReason == ChatFinishReason.ContentFilter);
    }

    private static IEnumerable<ChatResponseUpdate> Of(IEnumerable<ChatResponseUpdate> updates, int choice) =>
        updates.Where(update => update.MessageId == $"{choice}");

    private static ChatResponseUpdate[] Interleaved(string[][] pieces, Random random)
    {
        int[] at = new int[pieces.Length];
        List<ChatResponseUpdate> updates = [];
        while (at.Select((next, choice) => next < pieces[choice].Length).Contains(true))
        {
            int choice = random.Next(pieces.Length);
            if (at[choice] < pieces[choice].Length)
            {
                updates.Add(GuardedRun.Say(pieces[choice][at[choice]++], $"{choice}"));
            }
        }

        return [.. updates];
    }
}
