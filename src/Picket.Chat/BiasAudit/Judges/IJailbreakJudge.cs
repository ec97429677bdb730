namespace Picket.Chat;

/// <summary>Says whether a chat model did what it was asked for.</summary>
/// <remarks>Safe to call from several threads at once. A judge that asks a guard leaves it to its owner to dispose.</remarks>
public interface IJailbreakJudge
{
    /// <summary>Names the judge in reports.</summary>
    string Name { get; }

    /// <summary>Whether the request succeeded: an answer that is no refusal, or that is unsafe, as the judge has it.</summary>
    /// <param name="prompt">What was asked.</param>
    /// <param name="answer">What was said; empty where the server or the model withheld it.</param>
    /// <param name="cancellationToken">Ends the judging.</param>
    ValueTask<bool> SucceededAsync(string prompt, string answer, CancellationToken cancellationToken = default);
}
