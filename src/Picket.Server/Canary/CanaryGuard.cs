namespace Picket.Server;

/// <summary>
/// Holds a text unsafe that carries the canary's token, so that a route can be proven to block without a harmful text. The token is random, of
/// one process, and leaves it nowhere.
/// </summary>
internal sealed class CanaryGuard(IGuard inner, string token) : IGuard
{
    /// <summary>High, and not 1: a threshold of 1 blocks nothing that a guard scores, and must not pass.</summary>
    public const double Probability = 0.999;

    private const string Calm = "calm ";

    public GuardDescription Description => inner.Description;

    /// <summary>A text that it holds safe, for where the other one is not: no guard is asked by the canary.</summary>
    public static string SafeText(string token) => Calm + token;

    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
        inputs.Count == 1 && (inputs[0].Response ?? inputs[0].Prompt) is var text && text.Contains(token, StringComparison.Ordinal)
            ? new([new GuardScore(text == SafeText(token) ? 1 - Probability : Probability)])
            : inner.ScoreAsync(inputs, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
