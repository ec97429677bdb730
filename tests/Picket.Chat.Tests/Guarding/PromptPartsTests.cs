using Microsoft.Extensions.AI;

namespace Picket.Chat.Tests;

public sealed class PromptPartsTests
{
    private static readonly ChatMessage[] Conversation =
    [
        new(ChatRole.System, "system"),
        new(ChatRole.User, "first"),
        new(ChatRole.Assistant, "answer"),
        new(ChatRole.User, "second"),
        new(ChatRole.User, [new TextContent("third"), new DataContent(new byte[] { 1 }, "image/png")]),
        new(ChatRole.Assistant, [new FunctionCallContent("1", "look", new Dictionary<string, object?> { ["up"] = "oven" })]),
        new(ChatRole.Tool, [new FunctionResultContent("1", "result")]),
    ];

    [Theory]
    [InlineData(InputScope.None, "")]
    [InlineData(InputScope.LastUserTurn, "second\nthird")]
    [InlineData(InputScope.LastUserTurn | InputScope.ToolResults, "second\nthird|result")]
    [InlineData(InputScope.Conversation, "first|first > answer|second|third|third > look\nup: oven")]
    [InlineData(InputScope.SystemPrompt, "instructions|system")]
    public void Create_Scope_IsWhatIsChecked(InputScope scope, string expected)
    {
        var parts = new PromptParts(Conversation, "instructions", scope);

        Assert.Equal("second\nthird", parts.LastTurn);
        Assert.Equal(expected, string.Join('|', parts.Inputs.Select(static one =>
            one.Input.Response is { } response ? $"{one.Input.Prompt} > {response}" : one.Input.Prompt)));
        Assert.Equal(scope.HasFlag(InputScope.LastUserTurn) || scope.HasFlag(InputScope.Conversation) ? 1 : 0, parts.Unscored);
    }
}
