using System.Security.Cryptography;
using System.Text.Json;
using Picket.Data;
using Picket.Models;
using Picket.Models.Bundles;
using Picket.Models.NGram;
using Picket.Testing;
using Picket.Training.NGram;

namespace Picket.Training.Tests.NGram;

public sealed class NGramBundleTests : IDisposable
{
    private static readonly NGramTrainerOptions s_options = MildExamples.Options with { Epochs = 20 };
    private static readonly Example[] s_tests = MildExamples.Draw(60, seed: 2);
    private static readonly NGramTrainingResult s_result = new NGramTrainer(s_options).Train(MildExamples.Draw(1000));
    private readonly ScratchFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_ThenLoad_GivesTheScoresOfTheTrainedNetwork()
    {
        await WriteAsync();
        var network = new NGramNetwork(s_options.Shape, s_result.Tensors, "m");
        await using IGuard guard = await GuardLoader.LoadAsync(_folder["guard"], cancellationToken: Token);

        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync([.. s_tests.Select(static row => row.ToInput())], Token);

        Assert.All(scores, (score, i) =>
        {
            (string prompt, string? response) = (s_tests[i].Prompt, s_tests[i].Response);
            float logit = network.Score(prompt, response, response is not null, new NGramScratch(), new float[8], out _);
            Assert.Equal(1 / (1 + Math.Exp(-logit / s_result.Temperature)), score.UnsafeProbability);
        });
        Assert.Equal("mild", guard.Description.Name);
    }

    [Fact]
    public async Task WriteAsync_Card_NamesDataByHashAndCountsItsRows()
    {
        ModelCard card = await WriteAsync();

        string hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(_folder["data.txt"], Token)));
        Assert.Equal([new DataSource("data.txt", hash, 60, s_tests.Count(static row => row.Unsafe == true))], card.Data);
    }

    [Fact]
    public async Task WriteAsync_Manifest_HoldsDataSettingsHistoryAndMetrics()
    {
        ModelCard card = await WriteAsync();

        JsonElement json = Bundle.Open(_folder["guard"]).Manifest.Training!.Value;
        Assert.Equal(card.Data[0].Sha256, json.GetProperty("data")[0].GetProperty("sha256").GetString());
        Assert.Equal(s_options.BatchSize, json.GetProperty("settings").GetProperty("batch_size").GetInt32());
        Assert.Equal(s_options.Shape.BucketBits, json.GetProperty("settings").GetProperty("shape").GetProperty("bucket_bits").GetInt32());
        Assert.Equal(s_result.History.Count, json.GetProperty("history").GetArrayLength());
        Assert.Equal(s_result.KeptEpoch, json.GetProperty("kept_epoch").GetInt32());
        Assert.Equal(card.Metrics[1].Auprc, json.GetProperty("metrics")[1].GetProperty("auprc").GetDouble());
    }

    [Fact]
    public async Task WriteAsync_Metrics_AreHeldOutFirstThenTestSets()
    {
        ModelCard card = await WriteAsync();

        Assert.Equal([s_result.HeldOut.Count, 60, 0], card.Metrics.Select(static row => row.Data.Rows));
        Assert.All(card.Metrics.Take(2), static row => Assert.InRange(row.Auprc!.Value, 0.95, 1));
        Assert.Null(card.Metrics[2].Auprc);
    }

    [Fact]
    public async Task WriteAsync_Cancelled_WritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WriteAsync(new CancellationToken(canceled: true)));

        Assert.False(Directory.Exists(_folder["guard"]));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ModelCard> WriteAsync(CancellationToken? cancellationToken = null)
    {
        await File.WriteAllTextAsync(_folder["data.txt"], "any content", Token);
        var source = DataSource.Of(_folder["data.txt"], s_tests);
        var empty = new DataSource("empty.jsonl", "", 0, 0);
        return await NGramBundle.WriteAsync(
            _folder["guard"], "mild", s_options, s_result, [source], [(source, s_tests), (empty, [])], cancellationToken ?? Token);
    }
}
