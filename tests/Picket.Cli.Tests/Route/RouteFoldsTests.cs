using Picket.Testing;

namespace Picket.Cli.Tests.Route;

public sealed class RouteFoldsTests
{
    [Fact]
    public async Task Label_FoldsOfRowsThatTheGuardLearnedFrom_AreTrainedOnceAndKept()
    {
        using var folder = new ScratchFolder();
        string data = Path.Combine(SharedFolder.RepositoryRoot, "samples", "training", "test.jsonl");
        string[] small = ["--epochs", "1", "--bucket-bits", "10", "--dimension", "8", "--hidden", "16"];
        await RunAsync(["train", "ngram", "--data", data, .. small, "--out", folder["g"]]);
        string[] label = ["route", "label", "--data", data, "--small", folder["g"], "--large", "ngram", "--folds", "2", "--out", folder["r.jsonl"]];
        await RunAsync(label);
        string fold = Path.Combine(folder["r.jsonl.fold-2-of-2"], "guard.json");
        DateTime written = File.GetLastWriteTimeUtc(fold);
        byte[] rows = File.ReadAllBytes(folder["r.jsonl"]);

        await RunAsync(label);

        Assert.Equal(written, File.GetLastWriteTimeUtc(fold));
        Assert.Equal(rows, File.ReadAllBytes(folder["r.jsonl"]));
        Assert.Contains("\"folds\":2", File.ReadAllText(folder["r.jsonl"]));
    }

    private static async Task RunAsync(params string[] words)
    {
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, Stream.Null, error);
        int status = await CommandLineApp.RunAsync(words, streams, Commands.For(words, streams), TestContext.Current.CancellationToken);
        Assert.True(status == ExitStatus.Success, error.ToString());
    }
}
