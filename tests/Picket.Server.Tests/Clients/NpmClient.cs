using System.Diagnostics;
using System.Text.Json;

namespace Picket.Server.Tests;

/// <summary>The npm package <c>openai</c>, a process a call: <c>tests/openai-npm</c>.</summary>
internal static class NpmClient
{
    private const string Reason = "needs node and the openai package: npm ci in tests/openai-npm";

    /// <summary>What the client makes of a server's answer.</summary>
    public static async Task<JsonElement> CallAsync(Uri server, string call, string text)
    {
        string folder = Path.Combine(SharedFolder.RepositoryRoot, "tests", "openai-npm");
        SharedFolder.RequireExisting(Path.Combine(folder, "node_modules", "openai"), Reason);
        var start = new ProcessStartInfo(
            SharedFolder.RequireExisting(Node() ?? "node", Reason), [Path.Combine(folder, "client.mjs"), server.ToString(), call, text])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string line = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        using var answer = JsonDocument.Parse(line);
        return answer.RootElement.Clone();
    }

    private static string? Node() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(static folder => new[] { Path.Combine(folder, "node"), Path.Combine(folder, "node.exe") })
        .FirstOrDefault(File.Exists);
}
