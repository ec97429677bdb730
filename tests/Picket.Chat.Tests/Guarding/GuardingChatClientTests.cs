using Microsoft.Extensions.AI;
using static Picket.Chat.Tests.GuardedRun;

namespace Picket.Chat.Tests;

public sealed class GuardingChatClientTests
{
    [Fact]
    public async Task GetResponseAsync_UnsafePrompt_IsRefusedAndNobodyIsAsked()
    {
        var run = new GuardedRun(Say("bread"));

        ChatResponse response = await run.AskAsync(messages: new ChatMessage(ChatRole.User, "BAD"));

        Assert.Equal((new GuardingOptions().RefusalText, ChatFinishReason.ContentFilter, 0), (response.Text, response.FinishReason, run.Client.Read));
        Assert.True(response.Verdict() is { Blocked: true, Parts: [{ Part: GuardedPart.Prompt, Verdict.DecidedBy: "marker" }] });
    }

    [Fact]
    public async Task GetStreamingResponseAsync_UnsafePrompt_IsRefusedAndNobodyIsAsked()
    {
        var run = new GuardedRun(Say("bread"));

        await run.StreamAsync(new GuardingOptions { RefusalText = "no" }, new ChatMessage(ChatRole.User, "BAD"));

        Assert.Equal(("no", ChatFinishReason.ContentFilter, 0), (run.Text, run.Left[^1].FinishReason, run.Client.Read));
        Assert.True(run.Verdict.Blocked);
    }

    [Fact]
    public async Task GetResponseAsync_UnsafePromptAndException_ThrowsWithoutItsText()
    {
        var run = new GuardedRun(Say("bread"));

        GuardBlockedException fault = await Assert.ThrowsAsync<GuardBlockedException>(() =>
            run.AskAsync(new GuardingOptions { Blocked = BlockedAnswer.Exception }, new ChatMessage(ChatRole.User, "BAD")));

        Assert.Equal("chat: Prompt: expected a safe text, found one that marker holds unsafe with probability 0.9", fault.Message);
        Assert.True(fault.Verdict.Blocked);
    }

    [Fact]
    public async Task GetResponseAsync_GuardFails_FollowsTheOptions()
    {
        var failing = new MarkerGuard { Fault = static call => call == 0 ? new TimeoutException("bread") : null };

        ChatResponse closed = await new GuardedRun(Say("bread")) { Guard = failing }.AskAsync();
        failing = new MarkerGuard { Fault = failing.Fault };
        var open = await new GuardedRun(Say("bread")) { Guard = failing }.AskAsync(new GuardingOptions { GuardFailure = GuardFailure.LetPass });

        Assert.Equal((ChatFinishReason.ContentFilter, "bread"), (closed.FinishReason, open.Text));
        Assert.Equal((0, 1), (closed.Verdict()!.Bypassed, open.Verdict()!.Bypassed));
    }

    [Fact]
    public void WithGuard_OptionsOutOfRange_NamesThemAll()
    {
        var wrong = new GuardingOptions { WindowLength = 1, InputScope = (InputScope)64, Blocked = (BlockedAnswer)7 };

        PicketException fault = Assert.Throws<PicketException>(() => new StreamedClient().WithGuard(new MarkerGuard().Cascade(), wrong));

        Assert.StartsWith("chat guard: window length", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("found 64; blocked: expected Refusal or Exception, found 7", fault.Message, StringComparison.Ordinal);
    }
}
