using System.Text;
using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>The texts in the contents of messages.</summary>
internal static class ContentTexts
{
    /// <summary>A piece of a text that other contents go on with: the answer's or the reasoning's.</summary>
    public static PartText? Piece(AIContent content) => content switch
    {
        TextContent { Text: { } text } => new PartText(GuardedPart.Text, text),
        TextReasoningContent { Text: { } text } => new PartText(GuardedPart.Reasoning, text),

        // A refusal of the model's own comes as an error, piece by piece in a stream.
        ErrorContent { Message: { } text } => new PartText(GuardedPart.Text, text),
        _ => null,
    };

    /// <summary>A text that is whole.</summary>
    public static PartText? Whole(AIContent content) => content switch
    {
        FunctionCallContent call => new PartText(GuardedPart.ToolArguments, ToolText.Of(call.Name, call.Arguments)),
        McpServerToolCallContent call => new PartText(GuardedPart.ToolArguments, ToolText.Of(call.Name, call.Arguments)),
        FunctionResultContent result => new PartText(GuardedPart.ToolResult, ToolText.Of(result.Result)),
        McpServerToolResultContent result => new PartText(GuardedPart.ToolResult, ToolText.Of(result.Outputs)),
        ToolApprovalRequestContent { ToolCall: { } call } => Whole(call),
        DataContent data when data.HasTopLevelMediaType("text") => new PartText(GuardedPart.Text, Encoding.UTF8.GetString(data.Data.Span)),
        _ => null,
    };

    /// <summary>Whether there is something in it that no guard of texts can read.</summary>
    public static bool IsUnscored(AIContent content) =>
        content is not (TextContent or TextReasoningContent or ErrorContent or UsageContent) && Whole(content) is null;

    /// <summary>The texts of a message that is whole: the answer, the reasoning, and each of the others by itself; empty ones are left out.</summary>
    public static IEnumerable<PartText> OfMessage(IEnumerable<AIContent> contents)
    {
        AIContent[] all = [.. contents];
        IEnumerable<PartText> joined = all
            .Select(Piece)
            .OfType<PartText>()
            .GroupBy(static piece => piece.Part, static piece => piece.Text)
            .Select(static pieces => new PartText(pieces.Key, string.Concat(pieces)));
        return joined.Concat(all.Select(Whole).OfType<PartText>()).Where(static part => part.Text.Length > 0);
    }
}
