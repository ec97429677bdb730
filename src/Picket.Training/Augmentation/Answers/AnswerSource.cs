using Picket.Chat;

namespace Picket.Training.Augmentation;

/// <summary>
/// Asks one model, so many requests at a time, and tells a request that fails from a server that is gone: after a failure the server is asked
/// something harmless, and what fails on that, too, ends the run.
/// </summary>
internal sealed class AnswerSource(IGenerator generator, int concurrency, int attempts) : IDisposable
{
    private static readonly GenerationRequest s_greeting = new([new ChatTurn(ChatSpeaker.User, "Say hello.")]) { MaxTokens = 8 };

    private readonly SemaphoreSlim _turns = new(concurrency);

    /// <summary>The answer, or why there is none.</summary>
    /// <exception cref="PicketException">The server is gone.</exception>
    public async Task<Answer> AskAsync(int number, string part, GenerationRequest request, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var failures = new List<string>();
            while (true)
            {
                (Generation? said, string? failure) = await TryAsync(request, cancellationToken);
                if (failure is not null)
                {
                    failures.Add(failure);
                }

                // The same request again, not one with another seed: what comes of a run does not depend on when a connection broke.
                if (failure is null || failures.Count == attempts)
                {
                    return Answer.Of(number, part, said, failures);
                }
            }
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private static bool IsAnswer(Generation said) => said.Finish is not (GenerationFinish.Cut or GenerationFinish.Broken);

    private async Task<(Generation? Said, string? Failure)> TryAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        Generation? said = null;
        PicketException? fault = null;
        try
        {
            said = await generator.GenerateAsync(request, cancellationToken);
        }
        catch (PicketException thrown)
        {
            fault = thrown;
        }

        if (said is not null && IsAnswer(said))
        {
            return (said, null);
        }

        if (!await GreetAsync(cancellationToken))
        {
            throw fault ?? new PicketException(
                $"{generator.Description.Server}: expected answers, found none that is whole, not even to a harmless request");
        }

        return (said, said is null ? Answer.Rejected : Answer.NameOf(said.Finish));
    }

    private async Task<bool> GreetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return IsAnswer(await generator.GenerateAsync(s_greeting, cancellationToken));
        }
        catch (PicketException)
        {
            return false;
        }
    }
}
