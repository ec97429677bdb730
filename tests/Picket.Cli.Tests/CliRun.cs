using System.Text;

namespace Picket.Cli.Tests;

/// <summary>Runs command lines in this process against streams in memory and a guard by hand.</summary>
internal static class CliRun
{
    public static Task<CliResult> CheckAsync(string[] words, string input = "", FakeGuard? guard = null, CancellationTokenSource? caller = null) =>
        CheckAsync(words, new MemoryStream(Encoding.UTF8.GetBytes(input)), guard, caller);

    public static async Task<CliResult> CheckAsync(
        string[] words, Stream input, FakeGuard? guard = null, CancellationTokenSource? caller = null)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        int status = await RunAsync(["check", .. words], new StandardStreams(input, output, error), guard ?? new FakeGuard(), caller);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public static Task<int> RunAsync(string[] words, StandardStreams streams, FakeGuard guard, CancellationTokenSource? caller = null) =>
        CommandLineApp.RunAsync(
            words,
            streams,
            [CheckCommand.Create(streams, (_, _, threshold, _) => new(new GuardCascade(guard, options: new GuardCascadeOptions { Threshold = threshold })))],
            caller?.Token ?? TestContext.Current.CancellationToken);
}

internal sealed record CliResult(int Status, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
