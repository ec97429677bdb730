namespace Picket.Cli.Tests.Augment;

/// <summary>The program as a process of its own, ended by SIGKILL in the middle of a request.</summary>
public sealed class AugmentKillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Augment_KilledAtRandomRequests_GivesTheUndisturbedOutput()
    {
        await using var server = new LocalServer();
        string seeds = _folder.Write("seeds.jsonl", string.Concat(Enumerable.Range(0, 8).Select(static i =>
            $$"""{"id":"s{{i}}","prompt":"a mild sentence of number {{i}}","unsafe":1}""" + "\n")));
        var random = new Random(6);

        for (int kill = 0; kill < KilledProgram.Kills; kill++)
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

    private Task<int> RunAsync(LocalServer server, string seeds, string output, int fatal) => KilledProgram.RunAsync(
        [
            "augment", seeds, "--out", _folder.At(output), "--count", "60", "--generator", server.Address, "--refuser", server.Address,
            "--concurrency", "4", "--prefix-style", "prefix-field",
        ],
        kill => server.OnRequest = request => KilledProgram.When(request == fatal, kill));

    private Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(_folder.At(name), TestContext.Current.CancellationToken);
}
