using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>What of a request is checked, and what the answer is judged against.</summary>
/// <remarks>Immutable, so safe to use from several threads.</remarks>
public sealed class PromptParts
{
    private static readonly ChatRole Developer = new("developer");

    private readonly List<(GuardedPart Part, GuardInput Input)> _inputs = [];

    /// <summary>Reads the request.</summary>
    /// <param name="messages">The conversation, oldest first.</param>
    /// <param name="instructions">A system prompt that stands beside it, if any.</param>
    /// <param name="scope">What is checked.</param>
    public PromptParts(IReadOnlyList<ChatMessage> messages, string? instructions, InputScope scope)
    {
        ArgumentNullException.ThrowIfNull(messages);
        (int start, int end) = LastUserTurn(messages);
        LastTurn = string.Join('\n', messages.Take(end).Skip(start).Where(IsUser).Select(TextOf).Where(static text => text.Length > 0));
        if (scope.HasFlag(InputScope.SystemPrompt))
        {
            AddSystemPrompt(messages, instructions);
        }

        if (scope.HasFlag(InputScope.Conversation))
        {
            AddConversation(messages);
        }
        else if (scope.HasFlag(InputScope.LastUserTurn))
        {
            Add(GuardedPart.Prompt, LastTurn);
            Unscored += messages.Take(end).Skip(start).Where(IsUser).Sum(UnscoredIn);
        }

        if (scope.HasFlag(InputScope.ToolResults))
        {
            AddToolResults(messages.Skip(scope.HasFlag(InputScope.Conversation) ? 0 : start));
        }
    }

    /// <summary>The last user turn, empty when there is none: the context of every answer.</summary>
    public string LastTurn { get; }

    /// <summary>What is checked, each as a whole.</summary>
    public IReadOnlyList<(GuardedPart Part, GuardInput Input)> Inputs => _inputs;

    /// <summary>Contents that should be checked and are no text.</summary>
    public int Unscored { get; private set; }

    private static (int Start, int End) LastUserTurn(IReadOnlyList<ChatMessage> messages)
    {
        int end = messages.Count;
        while (end > 0 && !IsUser(messages[end - 1]))
        {
            end--;
        }

        int start = end;
        while (start > 0 && messages[start - 1].Role != ChatRole.Assistant)
        {
            start--;
        }

        return (start, end);
    }

    private static bool IsUser(ChatMessage message) => message.Role == ChatRole.User;

    private static bool IsSystem(ChatMessage message) => message.Role == ChatRole.System || message.Role == Developer;

    private static int UnscoredIn(ChatMessage message) => message.Contents.Count(ContentTexts.IsUnscored);

    private static string TextOf(ChatMessage message) => string.Join('\n', ContentTexts.OfMessage(message.Contents)
        .Where(static part => part.Part == GuardedPart.Text)
        .Select(static part => part.Text));

    private void Add(GuardedPart part, string text)
    {
        if (text.Length > 0)
        {
            _inputs.Add((part, new GuardInput(text)));
        }
    }

    private void AddSystemPrompt(IReadOnlyList<ChatMessage> messages, string? instructions)
    {
        Add(GuardedPart.SystemPrompt, instructions ?? "");
        foreach (ChatMessage message in messages.Where(IsSystem))
        {
            Add(GuardedPart.SystemPrompt, TextOf(message));
            Unscored += UnscoredIn(message);
        }
    }

    private void AddConversation(IReadOnlyList<ChatMessage> messages)
    {
        string asked = "";
        foreach (ChatMessage message in messages)
        {
            if (IsUser(message))
            {
                asked = TextOf(message);
                Add(GuardedPart.Prompt, asked);
                Unscored += UnscoredIn(message);
            }
            else if (message.Role == ChatRole.Assistant)
            {
                _inputs.AddRange(ContentTexts.OfMessage(message.Contents)
                    .Where(static part => part.Part != GuardedPart.ToolResult)
                    .Select(part => (part.Part, new GuardInput(asked, part.Text))));
                Unscored += UnscoredIn(message);
            }
        }
    }

    private void AddToolResults(IEnumerable<ChatMessage> messages)
    {
        foreach (PartText part in messages.SelectMany(static message => ContentTexts.OfMessage(message.Contents.Where(IsResult))))
        {
            Add(part.Part, part.Text);
        }
    }

    private static bool IsResult(AIContent content) => content is FunctionResultContent or McpServerToolResultContent;
}
