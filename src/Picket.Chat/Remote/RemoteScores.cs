namespace Picket.Chat;

/// <summary>Many inputs, one request or more each, some at a time.</summary>
internal static class RemoteScores
{
    /// <summary>The scores in the order of the inputs; the first fault ends the rest.</summary>
    public static async ValueTask<IReadOnlyList<GuardScore>> OfAsync(
        IReadOnlyList<GuardInput> inputs,
        int concurrency,
        Func<GuardInput, CancellationToken, Task<GuardScore>> score,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var scores = new GuardScore[inputs.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, scores.Length), limits, async (i, stop) => scores[i] = await score(inputs[i], stop));
        return scores;
    }
}
