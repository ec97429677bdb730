using Picket.Cli.Tests.Augment;

namespace Picket.Cli.Tests.Label;

/// <summary>The program as a process of its own, ended by SIGKILL while the teacher, a server, is asked.</summary>
public sealed class LabelKillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Label_KilledAtRandomRequests_GivesTheUndisturbedOutput()
    {
        await using var server = new LocalServer();
        string rows = _folder.Write("rows.jsonl", string.Concat(Enumerable.Range(0, 400).Select(static i =>
            $$"""{"id":"r{{i}}","prompt":"a mild sentence of number {{i}}"}""" + "\n")));
        var random = new Random(7);

        for (int kill = 0; kill < KilledProgram.Kills; kill++)
        {
            Assert.NotEqual(0, await RunAsync(server, rows, "killed.jsonl", server.Requests + random.Next(1, 20)));
            Assert.False(File.Exists(_folder.At("killed.jsonl")));
        }

        Assert.Equal(0, await RunAsync(server, rows, "killed.jsonl", fatal: int.MaxValue));
        Assert.Equal(0, await RunAsync(server, rows, "whole.jsonl", fatal: int.MaxValue));
        Assert.Equal(await BytesAsync("whole.jsonl"), await BytesAsync("killed.jsonl"));
        Assert.Equal(
            ["killed.jsonl", "rows.jsonl", "whole.jsonl"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(LocalServer server, string rows, string output, int fatal) => KilledProgram.RunAsync(
        ["label", rows, "--out", _folder.At(output), "--guard", server.Address, "--batch", "4", "--threads", "2"],
        kill => server.OnRequest = request => KilledProgram.When(request == fatal, kill));

    private Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(_folder.At(name), TestContext.Current.CancellationToken);
}
