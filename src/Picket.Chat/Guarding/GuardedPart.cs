namespace Picket.Chat;

/// <summary>Which text of a chat was checked.</summary>
public enum GuardedPart
{
    /// <summary>What the user wrote.</summary>
    Prompt,

    /// <summary>A system prompt, which is checked on request alone.</summary>
    SystemPrompt,

    /// <summary>What the model answered; an earlier answer where the whole conversation is checked.</summary>
    Text,

    /// <summary>What the model wrote before it answered.</summary>
    Reasoning,

    /// <summary>The name and the arguments of a tool call.</summary>
    ToolArguments,

    /// <summary>What a tool gave back.</summary>
    ToolResult,
}
