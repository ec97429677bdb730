using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Picket.Cli.Tests.Augment;

/// <summary>The program as a process of its own, ended by SIGKILL in the middle of a request.</summary>
public sealed class AugmentKillTests : IDisposable
{
    private const int Kills = 6;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Augment_KilledAtRandomRequests_GivesTheUndisturbedOutput()
    {
        await using var server = new LocalServer();
        string seeds = _folder.Write("seeds.jsonl", string.Concat(Enumerable.Range(0, 8).Select(static i =>
            $$"""{"id":"s{{i}}","prompt":"a mild sentence of number {{i}}","unsafe":1}""" + "\n")));
        var random = new Random(6);
        int kills = 0;

        for (; kills < Kills; kills++)
        {
            int fatal = server.Requests + random.Next(2, 12);
            Assert.NotEqual(0, await RunAsync(server, seeds, "killed.jsonl", fatal));
            Assert.False(File.Exists(_folder.At("killed.jsonl")));
        }

        Assert.Equal(0, await RunAsync(server, seeds, "killed.jsonl", fatal: int.MaxValue));
        Assert.Equal(0, await RunAsync(server, seeds, "whole.jsonl", fatal: int.MaxValue));
        Assert.Equal(await BytesAsync("whole.jsonl"), await BytesAsync("killed.jsonl"));
        Assert.Equal(
            ["killed.jsonl", "seeds.jsonl", "whole.jsonl"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<int> RunAsync(LocalServer server, string seeds, string output, int fatal)
    {
        // The host that runs these tests: DOTNET_ROOT/shared/Microsoft.NETCore.App/version/.
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(host) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string word in (string[])
            [
                Path.Combine(AppContext.BaseDirectory, "Picket.Cli.dll"), "augment", seeds, "--out", _folder.At(output), "--count", "60",
                "--generator", server.Address, "--refuser", server.Address, "--concurrency", "4", "--prefix-style", "prefix-field",
            ])
        {
            start.ArgumentList.Add(word);
        }

        using Process process = Process.Start(start)!;
        server.OnRequest = request =>
        {
            if (request == fatal)
            {
                process.Kill();
            }
        };
        _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        server.OnRequest = null;
        return process.ExitCode;
    }

    private Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(_folder.At(name), TestContext.Current.CancellationToken);
}
