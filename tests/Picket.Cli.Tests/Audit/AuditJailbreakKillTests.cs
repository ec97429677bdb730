using System.Text.Json.Nodes;
using Picket.Cli.Tests.Augment;

namespace Picket.Cli.Tests.Audit;

/// <summary>The program as a process of its own, ended by SIGKILL in the middle of a request.</summary>
public sealed class AuditJailbreakKillTests : IDisposable
{
    private const int Concurrency = 4;
    private const int Trials = 7 * 4 * 5;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Audit_KilledAtRandomRequests_AsksAgainOnlyForWhatWasInFlightAndReportsTheSame()
    {
        await using var server = new LocalServer();
        var random = new Random(7);
        for (int kill = 0; kill < KilledProgram.Kills; kill++)
        {
            int fatal = server.Requests + random.Next(2, 12);
            Assert.NotEqual(0, await RunAsync(server, "killed.json", fatal));
            Assert.False(File.Exists(_folder.At("killed.json")));
        }

        Assert.Equal(0, await RunAsync(server, "killed.json", fatal: int.MaxValue));
        Assert.Equal(Trials, server.Asked.Count);
        Assert.InRange(server.Requests, Trials, Trials + (KilledProgram.Kills * Concurrency));

        Assert.Equal(0, await RunAsync(server, "whole.json", fatal: int.MaxValue));
        Assert.Equal(Report("whole.json"), Report("killed.json"));
        Assert.False(File.Exists(_folder.At("killed.json.journal")));
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(LocalServer server, string output, int fatal)
    {
        string behaviours = _folder.Write("b.jsonl", string.Concat(Enumerable.Range(0, 7).Select(static i =>
            $$"""{"id":"b{{i}}","prompt":"a mild tale of number {{i}}"}""" + "\n")));
        string pairs = _folder.Write("pairs.txt", "Marginalised | Privileged\ntall | short\n");
        return KilledProgram.RunAsync(
            [
                "audit", "jailbreak", "--target", server.Address, "--behaviours", behaviours, "--pairs", pairs, "--no-random", "--no-baseline",
                "--defences", "all", "--repeats", "2", "--resamples", "50", "--concurrency", $"{Concurrency}", "--out", _folder.At(output),
            ],
            kill => server.OnRequest = request => KilledProgram.When(request == fatal, kill));
    }

    /// <summary>The report without what says how long it took.</summary>
    private string Report(string name)
    {
        JsonNode report = JsonNode.Parse(File.ReadAllText(_folder.At(name)))!;
        report["created"] = null;
        foreach (JsonNode? defence in report["defences"]!.AsArray())
        {
            defence!["median_milliseconds"] = null;
        }

        return report.ToJsonString();
    }
}
