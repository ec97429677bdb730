using System.Text;

namespace Picket.Cli.Tests.Route;

/// <summary>Two guards by hand for texts such as "u1 h0 n17": unsafe, not hard, the seventeenth. The small one is wrong where it is hard.</summary>
internal sealed class RouteGuard(string name, bool small) : IGuard
{
    public GuardDescription Description { get; } = new(name, "fake", FeatureWidth: small ? 3 : 0);

    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
        new([.. inputs.Select(input => Score((input.Response ?? input.Prompt).ToUpperInvariant()))]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private GuardScore Score(string text)
    {
        bool isUnsafe = text.Contains("U1", StringComparison.Ordinal);
        bool hard = text.Contains("H1", StringComparison.Ordinal);
        _ = int.TryParse(text[(text.IndexOf('N', StringComparison.Ordinal) + 1)..].Split(' ', '\n')[0], out int number);
        double probability = (isUnsafe != (hard && small) ? 0.8 : 0.1) + (number % 10 / 100.0);
        float[] features = [hard ? 1 : -1, number % 7 / 7f, text.Contains("LILAC", StringComparison.Ordinal) ? 1 : 0];
        return new GuardScore(probability, small ? features : default);
    }
}

/// <summary>Runs <c>picket route</c> with those guards: <c>--small small</c> and <c>--large large</c>.</summary>
internal static class RouteCli
{
    public static async Task<CliResult> RunAsync(params string[] words)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        var command = RouteCommand.Create(streams, static (place, _, _) => new(new RouteGuard(place!, small: place == "small")));
        int status = await CommandLineApp.RunAsync(["route", .. words], streams, [command], TestContext.Current.CancellationToken);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Labelled rows of which every fourth is hard and every other unsafe.</summary>
    public static string Rows(TemporaryFolder folder, string name, int first, int count) => folder.Write(name, string.Concat(
        Enumerable.Range(first, count).Select(static i =>
            $$"""{"id":"r{{i}}","prompt":"u{{i % 2}} h{{Hard(i)}} n{{i}} qq","unsafe":{{i % 2}},"category":"c{{i % 3}}"}""" + "\n")));

    private static int Hard(int i) => i % 8 is 4 or 5 ? 1 : 0;

    /// <summary>Labels rows by both guards.</summary>
    public static async Task<string> RoutesAsync(TemporaryFolder folder, string name, int first, int count)
    {
        string data = Rows(folder, $"{name}.jsonl", first, count);
        string routes = folder.At($"{name}-routes.jsonl");
        CliResult result = await RunAsync("label", "--data", data, "--small", "small", "--large", "large", "--out", routes);
        Assert.Equal(0, result.Status);
        return routes;
    }
}
