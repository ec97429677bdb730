using Microsoft.Extensions.AI;
using static Picket.Chat.Tests.GuardedRun;

namespace Picket.Chat.Tests;

public sealed class WholeAnswerTests
{
    private static readonly UsageContent Usage = new(new UsageDetails { OutputTokenCount = 7 });

    [Fact]
    public async Task GetResponseAsync_SafeAnswer_IsTheSameWithItsVerdict()
    {
        var run = new GuardedRun(Say("Take flour.", "1"), Say(Usage), Finish());

        ChatResponse response = await run.AskAsync();

        Assert.Equal(("Take flour.", ChatFinishReason.Stop, 7L), (response.Text, response.FinishReason, response.Usage!.OutputTokenCount));
        Assert.Equal([new GuardInput("How?"), new GuardInput("How?", "Take flour.")], run.Guard.Asked);
        Assert.True(response.Verdict() is { Blocked: false, Parts: [{ Part: GuardedPart.Prompt }, { Part: GuardedPart.Text, MessageId: "1" }] });
    }

    [Fact]
    public async Task GetResponseAsync_OneChoiceUnsafe_IsReplacedAndTheOtherStays()
    {
        var run = new GuardedRun(Say("Take flour.", "1"), Say("BAD", "2"), Say(Usage), Finish());

        ChatResponse response = await run.AskAsync(new GuardingOptions { RefusalText = "no" });

        Assert.Equal(["Take flour.", "no"], response.Messages.Select(static message => message.Text));
        Assert.Equal((ChatFinishReason.ContentFilter, 7L), (response.FinishReason, response.Usage!.OutputTokenCount));
        Assert.Null(response.RawRepresentation);
    }

    [Theory]
    [InlineData("reasoning", GuardedPart.Reasoning)]
    [InlineData("call", GuardedPart.ToolArguments)]
    [InlineData("result", GuardedPart.ToolResult)]
    [InlineData("refusal", GuardedPart.Text)]
    [InlineData("file", GuardedPart.Text)]
    public async Task GetResponseAsync_OtherContentUnsafe_IsBlocked(string kind, GuardedPart part)
    {
        var run = new GuardedRun(Say(new TextContent("fine"), Contents.Unsafe(kind)));

        ChatResponse response = await run.AskAsync();

        Assert.Equal(new GuardingOptions().RefusalText, response.Text);
        Assert.Equal(part, Assert.Single(response.Verdict()!.Parts, static one => one.Unsafe).Part);
        Assert.Single(response.Messages.SelectMany(static message => message.Contents));
    }

    [Fact]
    public async Task GetResponseAsync_Shadow_ChangesNothingAndReports()
    {
        var run = new GuardedRun(Say("BAD"), Finish());

        ChatResponse response = await run.AskAsync(new GuardingOptions { Shadow = true }, new ChatMessage(ChatRole.User, "BAD too"));

        Assert.Equal(("BAD", ChatFinishReason.Stop), (response.Text, response.FinishReason));
        Assert.True(response.Verdict() is { Shadow: true, Unsafe: true, Blocked: false, Parts: [{ Unsafe: true }, { Unsafe: true }] });
    }

    [Fact]
    public async Task GetResponseAsync_AnswersNotChecked_AreNot()
    {
        var run = new GuardedRun(Say("BAD"));

        ChatResponse response = await run.AskAsync(new GuardingOptions { ChecksAnswers = false });

        Assert.Equal("BAD", response.Text);
        Assert.True(response.Verdict() is { Parts: [{ Part: GuardedPart.Prompt }] });
    }

    [Fact]
    public async Task GetResponseAsync_Image_GoesThroughAndIsCounted()
    {
        var run = new GuardedRun(Say(new DataContent(new byte[] { 1 }, "image/png")));

        Assert.Equal(1, (await run.AskAsync()).Verdict()!.Unscored);
    }
}
