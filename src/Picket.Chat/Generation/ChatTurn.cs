namespace Picket.Chat;

/// <summary>Who speaks.</summary>
public enum ChatSpeaker
{
    /// <summary>The operator.</summary>
    System,

    /// <summary>The user.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}

/// <summary>One message of a conversation.</summary>
/// <param name="Speaker">Who speaks.</param>
/// <param name="Text">What is said.</param>
public sealed record ChatTurn(ChatSpeaker Speaker, string Text)
{
    /// <summary>Names the length and never the text, so that a turn that ends up in a log line discloses nothing.</summary>
    public override string ToString() => $"ChatTurn {{ Speaker = {Speaker}, Text = {Text.Length} chars }}";
}
