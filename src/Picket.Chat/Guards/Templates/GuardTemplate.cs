namespace Picket.Chat;

/// <summary>How one family of generative guards is asked, and how its answer reads. The known ones are in <see cref="GuardTemplates"/>.</summary>
/// <remarks>
/// A guard that has a chat template of its own on its server is sent the bare conversation (<see cref="GuardService.Chat"/>): the server
/// renders what the publisher ships. Through plain completions the prompt is rendered here, to the character as published.
/// </remarks>
public sealed class GuardTemplate
{
    internal GuardTemplate(
        string name, GuardService service, DecisionWords words, int maxTokens, Func<GuardInput, IReadOnlyList<GuardQuestion>> questions)
    {
        Name = name;
        Service = service;
        Words = words;
        MaxTokens = maxTokens;
        Questions = questions;
    }

    /// <summary>Stands in configurations and errors.</summary>
    public string Name { get; }

    /// <summary>How the family is asked unless the options say otherwise.</summary>
    public GuardService Service { get; }

    /// <summary>The words of the decision.</summary>
    internal DecisionWords Words { get; }

    /// <summary>The tokens an answer may take, categories and all.</summary>
    internal int MaxTokens { get; }

    /// <summary>The prompts of an input. Most families have one; where there are several the most unsafe answer counts.</summary>
    internal Func<GuardInput, IReadOnlyList<GuardQuestion>> Questions { get; }

    /// <summary>The token that a rendered prompt begins with; it may be the server's to write.</summary>
    internal string Begin { get; init; } = "";

    /// <summary>The first token with text after this one is the decision; empty when the answer begins with it.</summary>
    internal Func<GuardInput, string> Marker { get; init; } = static _ => "";

    /// <summary>What an answer that says unsafe names.</summary>
    internal Func<string, IReadOnlyList<string>> Categories { get; init; } = static _ => [];

    /// <summary>The conversation as chat completions take it: the prompt, and the response where one is judged.</summary>
    internal static IEnumerable<ChatTurn> Conversation(GuardInput input)
    {
        yield return new ChatTurn(ChatSpeaker.User, input.Prompt);
        if (input.Response is not null)
        {
            yield return new ChatTurn(ChatSpeaker.Assistant, input.Response);
        }
    }
}

/// <summary>One prompt to a guard.</summary>
/// <param name="Prompt">Rendered, without the begin-of-text token.</param>
/// <param name="Category">What the prompt asks for, where it asks for one thing.</param>
internal sealed record GuardQuestion(string Prompt, string? Category = null);

/// <summary>The words by which a guard decides.</summary>
/// <param name="Safe">The word for safe.</param>
/// <param name="Unsafe">The word for unsafe.</param>
/// <param name="Between">The word for neither, whose side is a matter of options; <see langword="null"/> where there is none.</param>
/// <param name="Match">How a token is told to be a word.</param>
internal sealed record DecisionWords(string Safe, string Unsafe, string? Between = null, TokenMatch Match = TokenMatch.Exact);

/// <summary>How a token is told to be one of a guard's words.</summary>
internal enum TokenMatch
{
    /// <summary>The token is the word.</summary>
    Exact,

    /// <summary>The token is the word in any case, white space around it or not: the published arithmetic adds them up.</summary>
    AnyForm,

    /// <summary>The token is how the word begins after white space, and no other word begins so: vocabularies split long words.</summary>
    Beginning,
}
