namespace Picket.Training.Augmentation;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Who speaks: <c>user</c>.</param>
/// <param name="Content">What is said.</param>
public sealed record PromptMessage(string Role, string Content)
{
    /// <summary>The role of whoever asks.</summary>
    public const string User = "user";

    /// <summary>Names the role and never the text.</summary>
    public override string ToString() => $"PromptMessage {{ Role = {Role}, {Content.Length} characters }}";
}
