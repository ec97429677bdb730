using System.Text.Json;
using Picket.Data;
using Picket.Models;
using Picket.Models.Bundles;
using Picket.Testing;
using Picket.Training.Blending;
using Picket.Training.NGram;
using Picket.Training.Tests.NGram;

namespace Picket.Training.Tests.Blending;

public sealed class BlenderTests : IDisposable
{
    private const string TrainingHash = "aa11";
    private static readonly Example[] s_training = MildExamples.Draw(400);
    private static readonly DataSource s_trainingSource = new("train.jsonl", TrainingHash, 400, 0);
    private static readonly Lazy<NGramTrainingResult[]> s_results = new(static () =>
        [.. Enumerable.Range(1, 2).Select(static seed => new NGramTrainer(MildExamples.Options with { Seed = seed }).Train(s_training))]);

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_TwoGuards_WritesABlendOfTheFittedWeights()
    {
        BlendResult result = await RunAsync(new BlendOptions { Name = "both" }, MildExamples.Draw(300, seed: 5));

        Assert.True(result.Written);
        GuardManifest manifest = Bundle.Open(_folder["out"]).Manifest;
        Assert.Equal(("both", "blend", 0.5), (manifest.Name, manifest.Kind, manifest.Threshold));
        Assert.Equal(result.Card.Members.Select(static member => member.Weight), manifest.Blend!.Members.Select(static member => member.Weight));
        Assert.Equal(result.Card.Offset, manifest.Blend.Offset);
        await using IGuard guard = await GuardLoader.LoadAsync(_folder["out"], cancellationToken: Token);
        Assert.InRange((await guard.ScoreAsync([new GuardInput("soup and bread")], Token))[0].UnsafeProbability, 0, 1);
    }

    [Fact]
    public async Task RunAsync_Card_NamesDataMembersAndFigures()
    {
        BlendResult result = await RunAsync(new BlendOptions(), MildExamples.Draw(300, seed: 5));

        JsonElement card = Bundle.Open(_folder["out"]).Manifest.Training!.Value;
        Assert.Equal(300, card.GetProperty("data")[0].GetProperty("rows").GetInt32());
        Assert.Equal(["n1", "n2"], card.GetProperty("members").EnumerateArray().Select(static member => member.GetProperty("name").GetString()!));
        Assert.Equal(result.Card.Figures.LogLoss, card.GetProperty("figures").GetProperty("log_loss").GetDouble());
        Assert.Equal(0.25, card.GetProperty("members")[0].GetProperty("held_out_share").GetDouble());
        Assert.Equal(300, card.GetProperty("metrics")[0].GetProperty("data").GetProperty("rows").GetInt32());
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.2)]
    public async Task RunAsync_HeldOutOnly_TakesRowsThatNoMemberLearnedFrom(double share)
    {
        BlendResult result = await RunAsync(new BlendOptions { HeldOutOnly = share }, s_training, s_trainingSource);

        HashSet<string> heldOut = [.. s_results.Value[0].HeldOut.Select(static row => row.Id)];
        Example[] taken = [.. s_training.Where(row => HeldOut.Has(row.Prompt, share))];
        Assert.All(taken, row => Assert.Contains(row.Id, heldOut));
        Assert.Equal(taken.Length, Assert.Single(result.Card.Data).Rows);
        Assert.Equal(share, result.Card.HeldOutOnly);
    }

    [Theory]
    [InlineData(null, "the guard learned from train.jsonl; expected rows that no member learned from")]
    [InlineData(0.3, "expected a held-out share of at least 0.3, found 0.25")]
    public async Task RunAsync_RowsThatAMemberLearnedFrom_AreRefused(double? share, string expected)
    {
        var fault = await Assert.ThrowsAsync<PicketException>(() => RunAsync(new BlendOptions { HeldOutOnly = share }, s_training, s_trainingSource));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task RunAsync_GuardAndItsOpposite_WritesNothing()
    {
        Example[] turned = [.. MildExamples.Draw(300, seed: 5).Select(static row => row with { Unsafe = !row.Unsafe })];

        BlendResult result = await RunAsync(new BlendOptions(), turned);

        Assert.False(result.Written);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task RunAsync_Cancelled_WritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync(new BlendOptions(), MildExamples.Draw(300, seed: 5), token: new CancellationToken(canceled: true)));

        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void Faults_ValuesOutOfRange_AreToldTogether() => Assert.Equal(
        ["name: expected 1 to 200 characters, found none", "held_out_only: expected above 0 to 0.5, found 0.6", "threads: expected 0 to 1024, found -1"],
        new BlendOptions { Name = "", HeldOutOnly = 0.6, Threads = -1 }.Faults().Select(static fault => $"{fault}"));

    public void Dispose() => _folder.Dispose();

    private async Task<BlendResult> RunAsync(BlendOptions options, Example[] rows, DataSource? source = null, CancellationToken? token = null)
    {
        for (int i = 0; i < 2; i++)
        {
            await NGramBundle.WriteAsync(
                _folder[$"n{i + 1}"], $"n{i + 1}", MildExamples.Options, s_results.Value[i], [s_trainingSource], [], Token);
        }

        source ??= new DataSource("other.jsonl", "bb22", rows.Length, 0);
        return await Blender.RunAsync([_folder["n1"], _folder["n2"]], _folder["out"], options, [(source, rows)], cancellationToken: token ?? Token);
    }
}
