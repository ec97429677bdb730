using Microsoft.Extensions.AI;
using Picket.Chat;

namespace Picket.Server.Tests;

/// <summary>Whatever comes in whatever pieces, nothing of an unsafe window leaves and what is safe is complete.</summary>
public sealed class StreamLeakTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(5000)]
    public async Task Accept_AnyStreamInAnyPieces_LeavesByteByByteOrWithoutAWordOfAnUnsafeWindow(int longestPiece)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var source = new GeneratedStream(seed);
            var guard = new WordGuard();

            byte[] left = await RunAsync(source, guard, longestPiece);

            if (!Enumerable.Range(0, source.Texts.Count).Any(source.IsUnsafe))
            {
                Assert.Equal(source.Bytes, left);
            }

            List<AnswerChoice> choices = await ReadAsync(left);
            string[] windows = [.. guard.Calls.SelectMany(static call => call).Select(static input => input.Response!).Where(IsBad)];
            for (int choice = 0; choice < source.Texts.Count; choice++)
            {
                AssertChoice(source, choice, [.. choices.Where(one => one.Index == choice)], windows, $"seed {seed}, choice {choice}");
            }
        }
    }

    // A text that goes on after another had its turn was let go to its end meanwhile, judged safe by then; later windows reach back into that
    // (StreamGuard, its second promise).
    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public async Task Accept_TextsThatTakeTurns_LeaveByteByByteOrWithoutTheUnsafeWord(int longestPiece)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var source = new GeneratedStream(seed, takeTurns: true);
            var guard = new WordGuard();

            List<AnswerChoice> choices = await ReadAsync(await RunAsync(source, guard, longestPiece));

            string[] windows = [.. guard.Calls.SelectMany(static call => call).Select(static input => input.Response!).Where(IsBad)];
            for (int choice = 0; choice < source.Texts.Count; choice++)
            {
                AnswerChoice[] left = [.. choices.Where(one => one.Index == choice)];
                foreach ((string key, string text) in source.Texts[choice])
                {
                    string said = Said(left, key);
                    string at = $"seed {seed}, choice {choice}, {key}";
                    Assert.True(text.StartsWith(said, StringComparison.Ordinal), $"{at} has other text");
                    Assert.True(source.IsUnsafe(choice) || said == text, $"{at} is cut short");
                    Assert.False(IsBad(said), $"{at} leaks");
                    int end = said.Length - source.Overlap - (source.Window / 8);
                    Assert.True(FirstWindow(text, windows) is not { } first || end <= first, $"{at} leaks before the word");
                }
            }
        }
    }

    private static int? FirstWindow(string text, string[] windows) => IsBad(text)
        ? windows.Select(window => text.IndexOf(window, StringComparison.Ordinal)).Where(static at => at >= 0).Cast<int?>().Min()
        : null;

    private static string Said(AnswerChoice[] left, string key) => string.Concat(left.SelectMany(static one => one.Pieces)
        .Where(piece => piece.Key.StartsWith(key == "tool" ? "tool_calls" : key, StringComparison.Ordinal))
        .Select(static piece => piece.Text));

    private static void AssertChoice(GeneratedStream source, int choice, AnswerChoice[] left, string[] windows, string at)
    {
        Assert.True(left[^1].Ends, at);
        bool isBlocked = false;
        foreach ((string key, string text) in source.Texts[choice])
        {
            string said = Said(left, key);
            Assert.True(text.StartsWith(said, StringComparison.Ordinal), $"{at}: {key} has other text");
            Assert.True(!isBlocked || said.Length == 0, $"{at}: {key} follows a block");
            isBlocked |= IsBad(text);
            Assert.True(isBlocked || said == text, $"{at}: {key} is cut short");

            // Arguments are judged without their escapes, so that a window need not stand in them as it is.
            if (IsBad(text) && Array.Find(windows, window => text.Contains(window, StringComparison.Ordinal)) is { } window)
            {
                Assert.True(said.Length <= text.IndexOf(window, StringComparison.Ordinal), $"{at}: {key} leaks");
            }
        }

        Assert.Equal(isBlocked, source.IsUnsafe(choice));
    }

    private static bool IsBad(string text) => text.Contains("bad", StringComparison.Ordinal);

    private static async Task<byte[]> RunAsync(GeneratedStream source, WordGuard guard, int longestPiece)
    {
        var options = new GuardingOptions { WindowLength = source.Window, Overlap = source.Overlap, ShortestStep = source.Window / 4 };
        var call = new GuardedCall(
            new GuardCascade(guard), options, new PromptParts([new ChatMessage(ChatRole.User, "How?")], null, InputScope.None));
        var answer = new AnswerStream(
            new ChatProtocol(), new ProxyRequest(default, []) { Choices = source.Texts.Count, WantsUsage = true }, call, refusal: "");
        await using var stream = new PiecesStream(source.Bytes, longestPiece, new Random(longestPiece));
        var reader = new SseReader(new UpstreamBody(stream, Timeout.InfiniteTimeSpan, TimeProvider.System), 1 << 20);
        var left = new List<byte>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } next)
        {
            left.AddRange(await answer.AcceptAsync(next, TestContext.Current.CancellationToken));
        }

        (byte[] rest, bool isWhole) = await answer.EndAsync(isWhole: true, TestContext.Current.CancellationToken);
        Assert.True(isWhole);
        return [.. left, .. rest];
    }

    private static async Task<List<AnswerChoice>> ReadAsync(byte[] bytes)
    {
        await using var stream = new MemoryStream(bytes);
        var reader = new SseReader(new UpstreamBody(stream, Timeout.InfiniteTimeSpan, TimeProvider.System), 1 << 20);
        var choices = new List<AnswerChoice>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } next)
        {
            if (next.Data is { } data && data != "[DONE]")
            {
                using var document = System.Text.Json.JsonDocument.Parse(data);
                choices.AddRange(new ChatProtocol().Choices(document.RootElement)!);
            }
        }

        return choices;
    }
}
