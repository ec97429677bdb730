namespace Picket;

/// <summary>Calls a guard and believes nothing of its answer: a short, missing or impossible score is a fault, never a safe verdict.</summary>
internal static class GuardCalls
{
    /// <summary>Throws a <see cref="PicketException"/> unless there is one possible score for every input.</summary>
    public static IReadOnlyList<GuardScore> Validated(this IReadOnlyList<GuardScore>? scores, IGuard guard, int expected)
    {
        if (scores?.Count != expected)
        {
            throw new PicketException($"guard {guard.Description.Name}: expected {expected} scores, found {scores?.Count ?? 0}");
        }

        for (int i = 0; i < expected; i++)
        {
            if (scores[i]?.UnsafeProbability is not (>= 0 and <= 1))
            {
                string found = scores[i]?.UnsafeProbability.ToString() ?? "none";
                throw new PicketException($"guard {guard.Description.Name}: score {i}: expected a probability in [0, 1], found {found}");
            }
        }

        return scores;
    }

    /// <summary>
    /// Asks a guard that may hang, and comes back by the deadline or as soon as the caller cancels, whatever the guard does.
    /// </summary>
    public static async Task<IReadOnlyList<GuardScore>> ScoreByDeadlineAsync(
        this IGuard guard, IReadOnlyList<GuardInput> inputs, TimeSpan? timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        CancellationToken token = either.Token;

        // On the pool, because a guard may compute or block before it returns its task.
        Task<IReadOnlyList<GuardScore>> answer = Task.Run(() => guard.ScoreAsync(inputs, token).AsTask(), CancellationToken.None);
        try
        {
            return await answer.WaitAsync(token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            throw new PicketException($"guard {guard.Description.Name}: no answer in {timeout}");
        }
        finally
        {
            ObserveLater(answer);
        }
    }

    // An answer left behind may still fail; unobserved, its exception would surface on the finaliser's thread.
    private static void ObserveLater(Task answer) => _ = answer.ContinueWith(
        static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
