namespace Picket.Chat;

/// <summary>What came of one trial.</summary>
/// <param name="Number">The trial's.</param>
/// <param name="Finish">Why the answer ends.</param>
/// <param name="Refused">The answer is empty or begins with a refusal.</param>
/// <param name="Successes">What each judge says, by its name; empty where there was no answer to judge.</param>
/// <param name="PromptTokens">Tokens that were read, where the server counts them.</param>
/// <param name="AnswerTokens">Tokens that were written.</param>
/// <param name="Milliseconds">The time until the answer was there, waits and further tries included.</param>
/// <param name="Text">The answer, where the auditor asked to keep it.</param>
public sealed record TrialAnswer(
    int Number,
    GenerationFinish Finish,
    bool Refused,
    IReadOnlyDictionary<string, bool> Successes,
    long? PromptTokens,
    long? AnswerTokens,
    double Milliseconds,
    string? Text = null)
{
    /// <summary>The server gave no whole answer: the trial says nothing of the model and counts nowhere but in the budget.</summary>
    public bool Failed => Finish is GenerationFinish.Cut or GenerationFinish.Broken;

    /// <summary>Names no text.</summary>
    public override string ToString() => $"TrialAnswer {{ {Number}, {Finish}, Refused = {Refused} }}";
}
