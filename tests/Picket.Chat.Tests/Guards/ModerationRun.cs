namespace Picket.Chat.Tests;

/// <summary>Scores one input, or some, against a scripted server.</summary>
internal static class ModerationRun
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(7);

    public static ModerationGuardOptions Options { get; } = new() { RequestTimeout = Timeout, MaxRetries = 2 };

    public static async Task<double> ScoreAsync(
        ScriptedServer server, HurriedClock? clock = null, ModerationGuardOptions? options = null, GuardInput? input = null) =>
        (await ScoreAllAsync(server, [input ?? new GuardInput("How do I bake bread?")], clock, options))[0];

    public static async Task<double[]> ScoreAllAsync(
        ScriptedServer server, GuardInput[] inputs, HurriedClock? clock = null, ModerationGuardOptions? options = null,
        CancellationToken? stop = null)
    {
        using var http = new HttpClient(server);
        await using var guard = new ModerationGuard(new Uri("https://guard.test"), http, options ?? Options, clock ?? new HurriedClock(Timeout));
        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync(inputs, stop ?? TestContext.Current.CancellationToken);
        return [.. scores.Select(score => score.UnsafeProbability)];
    }

    public static async Task<string> FailAsync(ScriptedServer server, HurriedClock? clock = null, ModerationGuardOptions? options = null)
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => ScoreAsync(server, clock, options));
        Assert.DoesNotContain("bread", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        return fault.Message;
    }
}
