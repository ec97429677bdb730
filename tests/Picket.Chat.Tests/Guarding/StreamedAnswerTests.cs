using Microsoft.Extensions.AI;
using static Picket.Chat.Tests.GuardedRun;

namespace Picket.Chat.Tests;

public sealed class StreamedAnswerTests
{
    private static readonly UsageContent Usage = new(new UsageDetails { OutputTokenCount = 7 });

    [Fact]
    public async Task GetStreamingResponseAsync_SafeAnswer_LeavesAsItCameWithAVerdictBehind()
    {
        ChatResponseUpdate[] updates =
        [
            Say(new TextReasoningContent("Let me think.")), Say("Take "), Say("flour."),
            Say(new FunctionCallContent("1", "look")), Finish(), Say(Usage),
        ];

        GuardedRun run = await new GuardedRun(updates).StreamAsync();

        Assert.Equal(updates, run.Left.Take(updates.Length));
        Assert.True(run.Left.Count == updates.Length + 1 && run.Left[^1].Contents.Count == 0);
        Assert.True(run.Verdict is { Blocked: false, Parts: [{ Part: GuardedPart.Prompt }, { Part: GuardedPart.Reasoning }, { Windows: 1 }, _] });
        ChatResponse all = run.Left.ToChatResponse();
        Assert.Equal((1, ChatFinishReason.Stop, 7L), (all.Messages.Count, all.FinishReason, all.Usage!.OutputTokenCount));
        Assert.Same(run.Verdict, all.Verdict());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_UnsafeText_EndsWithARefusalAndStopsReading()
    {
        var run = new GuardedRun(Say("Take flour. "), Finish(), Say("BAD"), Finish(), Say(Usage));

        await run.StreamAsync(new GuardingOptions { RefusalText = "no" });

        Assert.Equal(("Take flour. \n\nno", ChatFinishReason.ContentFilter), (run.Text, run.Left[^1].FinishReason));
        Assert.Equal((4, true), (run.Client.Read, run.Client.IsStreamDisposed));
        Assert.True(run.Verdict.Blocked);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_OneChoiceUnsafe_TheOtherIsReadToItsEnd()
    {
        var run = new GuardedRun(Say("Take ", "1"), Say("BAD", "2"), Finish("2"), Say("flour.", "1"), Finish("1"), Say("more", "3"));

        await run.StreamAsync(new GuardingOptions { RefusalText = "no" });

        Assert.Equal("Take flour.", string.Concat(run.Left.Where(static one => one.MessageId == "1").Select(static one => one.Text)));
        Assert.Equal("no", string.Concat(run.Left.Where(static one => one.MessageId == "2").Select(static one => one.Text)));
        Assert.Equal((5, ChatFinishReason.ContentFilter), (run.Client.Read, run.Left[^1].FinishReason));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ReadsOn_TellsTheUsageOnce()
    {
        var run = new GuardedRun(Say(new TextContent("BAD"), Usage), Finish(), Say("more"), Say(Usage));

        await run.StreamAsync(new GuardingOptions { ReadsOnAfterBlock = true, RefusalText = "no" });

        Assert.Equal(("no", 4), (run.Text, run.Client.Read));
        Assert.Equal(14, run.Left.ToChatResponse().Usage!.OutputTokenCount);
    }

    [Theory]
    [InlineData("reasoning")]
    [InlineData("call")]
    [InlineData("result")]
    [InlineData("refusal")]
    [InlineData("file")]
    public async Task GetStreamingResponseAsync_OtherContentUnsafe_IsBlocked(string kind)
    {
        var run = new GuardedRun(Say("Take flour."), Say(Contents.Unsafe(kind)), Finish());

        await run.StreamAsync(new GuardingOptions { RefusalText = "no" });

        Assert.EndsWith("no", run.Text, StringComparison.Ordinal);
        Assert.All(run.Left.SelectMany(static update => update.Contents), static content => Assert.IsType<TextContent>(content));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Exception_ComesAfterWhatWasSafe()
    {
        var run = new GuardedRun(Say("Take flour. "), Finish(), Say("BAD"), Finish());

        await Assert.ThrowsAsync<GuardBlockedException>(() => run.StreamAsync(new GuardingOptions { Blocked = BlockedAnswer.Exception }));

        Assert.Equal(("Take flour. ", true), (run.Text, run.Client.IsStreamDisposed));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ToolResult_LetsTheCallGoBeforeIt()
    {
        ChatResponseUpdate[] updates =
        [
            Say("I look. ", "1"),
            new(ChatRole.Assistant, [new FunctionCallContent("c", "look")]) { MessageId = "1" },
            new(ChatRole.Tool, [new FunctionResultContent("c", "flour")]) { MessageId = "2" },
            Say("Take flour.", "3"),
        ];

        GuardedRun run = await new GuardedRun(updates).StreamAsync();

        Assert.Equal(updates, run.Left.Take(updates.Length));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Shadow_LeavesAtOnceAndReports()
    {
        ChatResponseUpdate[] updates = [Say("it is "), Say("BAD"), Say("!")];

        GuardedRun run = await new GuardedRun(updates).StreamAsync(new GuardingOptions { Shadow = true });

        Assert.Equal(updates, run.Left.Take(3));
        Assert.True(run.Verdict is { Unsafe: true, Blocked: false, Parts: [_, { Unsafe: true, Windows: 1 }] });
    }

    [Fact]
    public async Task GetStreamingResponseAsync_GuardFails_BlocksOrTellsOfTheBypass()
    {
        var failing = new MarkerGuard { Fault = static call => call == 1 ? new TimeoutException("bread") : null };
        GuardedRun closed = await new GuardedRun(Say("bread")) { Guard = failing }.StreamAsync();
        failing = new MarkerGuard { Fault = failing.Fault };

        var open = new GuardedRun(Say("bread")) { Guard = failing };
        await open.StreamAsync(new GuardingOptions { GuardFailure = GuardFailure.LetPass });

        Assert.Equal((new GuardingOptions().RefusalText, "bread"), (closed.Text, open.Text));
        Assert.True(open.Verdict is { Bypassed: 1, Blocked: false, Parts: [_, { Fault: nameof(TimeoutException) }] });
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CallerStops_DisposesTheInnerStream()
    {
        var run = new GuardedRun(Say("Take flour."), Finish(), Say("more"));
        await foreach (ChatResponseUpdate update in run.Client.WithGuard(run.Guard.Cascade()).GetStreamingResponseAsync(
            "How?", cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal("Take flour.", update.Text);
            break;
        }

        Assert.Equal((2, true), (run.Client.Read, run.Client.IsStreamDisposed));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Cancelled_PassesThrough()
    {
        using var stop = new CancellationTokenSource();
        var run = new GuardedRun(Say("Take flour."), Finish(), Say("more"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in run.Client.WithGuard(run.Guard.Cascade()).GetStreamingResponseAsync(
                "How?", cancellationToken: stop.Token))
            {
                await stop.CancelAsync();
            }
        });

        Assert.True(run.Client.IsStreamDisposed);
    }
}
