namespace Picket.Chat;

/// <summary>Why an answer ends.</summary>
public enum GenerationFinish
{
    /// <summary>The model was done, or met a stop text.</summary>
    Stop,

    /// <summary>The answer reached the most tokens; its text is there.</summary>
    Length,

    /// <summary>The server's content filter took the answer, or the request.</summary>
    Filtered,

    /// <summary>
    /// The model declined in the field that the protocol has for it (<c>refusal</c>). A refusal in words ends with <see cref="Stop"/>.
    /// </summary>
    Refused,

    /// <summary>The answer is whole and has no text.</summary>
    Empty,

    /// <summary>The connection broke within the answer, in every try.</summary>
    Cut,

    /// <summary>What came is no answer, in every try: not JSON, or JSON without a choice.</summary>
    Broken,

    /// <summary>Another reason, or none named; the text is there.</summary>
    Other,
}

/// <summary>Tokens of one request.</summary>
/// <param name="Prompt">Tokens that were read.</param>
/// <param name="Answer">Tokens that were written.</param>
public readonly record struct TokenUsage(long Prompt, long Answer);

/// <summary>What a model wrote.</summary>
/// <param name="Text">The answer without the request's prefix, white space and all; empty where the finish says that there is none.</param>
/// <param name="Finish">Why it ends.</param>
/// <param name="Usage">Tokens as the server counts them; <see langword="null"/> where it does not say.</param>
public sealed record Generation(string Text, GenerationFinish Finish, TokenUsage? Usage = null)
{
    /// <summary>There is a text to use: the model came to an end, its own or the limit.</summary>
    public bool HasText => Finish is GenerationFinish.Stop or GenerationFinish.Length or GenerationFinish.Other;

    /// <summary>Names the length and never the text, so that an answer that ends up in a log line discloses nothing.</summary>
    public override string ToString() => $"Generation {{ Text = {Text.Length} chars, Finish = {Finish}, Usage = {Usage} }}";
}
