namespace Picket.Chat;

/// <summary>What of a request is checked before the model is asked; flags.</summary>
[Flags]
public enum InputScope
{
    /// <summary>Nothing; answers may still be checked.</summary>
    None = 0,

    /// <summary>The last user turn: the last user message and those that stand between it and the answer before it, as one text.</summary>
    LastUserTurn = 1,

    /// <summary>Every user message, and every answer with the user message before it as its context.</summary>
    Conversation = 2,

    /// <summary>What tools gave back since the last user turn began; all of it together with <see cref="Conversation"/>.</summary>
    ToolResults = 4,

    /// <summary>System and developer messages and <see cref="Microsoft.Extensions.AI.ChatOptions.Instructions"/>.</summary>
    SystemPrompt = 8,
}
