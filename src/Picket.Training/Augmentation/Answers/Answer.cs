using System.Text;
using System.Text.Json;
using Picket.Chat;

namespace Picket.Training.Augmentation;

/// <summary>What became of one request: a line of the journal.</summary>
/// <param name="Number">The instruction, from 0.</param>
/// <param name="Part">One of <see cref="AnswerPart"/>.</param>
/// <param name="Text">What the model wrote; empty where there is no text.</param>
/// <param name="Finish">A <see cref="GenerationFinish"/> in snake_case, or <see cref="Rejected"/>.</param>
/// <param name="PromptTokens">Tokens that were read, where the server counts them.</param>
/// <param name="AnswerTokens">Tokens that were written.</param>
/// <param name="Failures">Why attempts failed, the last one's reason included where none succeeded; none where the first did.</param>
internal sealed record Answer(
    int Number, string Part, string Text, string Finish, long? PromptTokens, long? AnswerTokens, IReadOnlyList<string>? Failures)
{
    /// <summary>The server threw the request back and answers others.</summary>
    public const string Rejected = "rejected";

    public static string Cut { get; } = NameOf(GenerationFinish.Cut);

    public static string Broken { get; } = NameOf(GenerationFinish.Broken);

    /// <summary>No attempt succeeded.</summary>
    public bool Failed => Finish == Rejected || Finish == Cut || Finish == Broken;

    public static Answer Of(int number, string part, Generation? said, IReadOnlyList<string> failures) => new(
        number,
        part,
        said is { HasText: true } ? Whole(said.Text) : "",
        said is null ? Rejected : NameOf(said.Finish),
        said?.Usage?.Prompt,
        said?.Usage?.Answer,
        failures.Count > 0 ? failures : null);

    /// <summary>What the answer says or fails to say; <see langword="null"/> for a text that <paramref name="detector"/> takes for none.</summary>
    public string? Drop(RefusalDetector detector) => Failed ? DropRules.Failed
        : Finish == NameOf(GenerationFinish.Filtered) ? DropRules.Filtered
        : Finish == NameOf(GenerationFinish.Refused) ? DropRules.Refusal
        : detector.Classify(Text) switch
        {
            AnswerKind.Empty => DropRules.Empty,
            AnswerKind.Refusal => DropRules.Refusal,
            _ => null,
        };

    /// <summary>Names no text.</summary>
    public override string ToString() => $"Answer {{ {Number}, {Part}, {Text.Length} characters, {Finish} }}";

    public static string NameOf(GenerationFinish finish) => JsonNamingPolicy.SnakeCaseLower.ConvertName(finish.ToString());

    // Half a character becomes U+FFFD, as no file can hold it.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
