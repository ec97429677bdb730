using System.Globalization;
using Picket.Data;
using Picket.Models.Bundles;
using Picket.Testing;
using Picket.Training.NGram;
using Picket.Training.RouterTraining;

namespace Picket.Training.Tests.RouterTraining;

public sealed class RouteLabellerTests : IDisposable
{
    private static readonly Example[] Rows =
    [
        .. Enumerable.Range(0, 10).Select(static i => new Example { Id = $"r{i}", Prompt = $"0.{i}", Unsafe = i % 2 == 0, Source = "s", Category = "c" }),
    ];

    private readonly ScratchFolder _folder = new();

    private string Path => _folder["rows.jsonl"];

    [Fact]
    public async Task LabelAsync_AllRows_AreReadBackWithFeaturesAndTargets()
    {
        IReadOnlyList<RoutingRecord> found = await LabelAsync(Rows);

        Assert.Equal(Rows.Select(static row => row.Id), found.Select(static row => row.Id));
        Assert.All(found.Zip(Rows), static pair =>
        {
            double small = double.Parse(pair.Second.Prompt, CultureInfo.InvariantCulture);
            Assert.Equal((small, 1 - small, "s", "c"), (pair.First.Row.Small.UnsafeProbability, pair.First.Row.LargeProbability, pair.First.Source, pair.First.Category));
            Assert.Equal([(float)(Half)small, 2f], pair.First.Row.Small.Features.ToArray());
        });
        Assert.DoesNotContain("prompt", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task LabelAsync_KilledAndStartedAgain_EndsWithTheSameBytes(int failingCall)
    {
        await LabelAsync(Rows);
        (byte[] lines, byte[] features) = (File.ReadAllBytes(Path), File.ReadAllBytes(RoutingFile.FeaturesOf(Path)));
        File.Delete(Path);
        await Assert.ThrowsAsync<PicketException>(() => LabelAsync(Rows, failingCall));
        File.AppendAllText(Path, "{ \"id\": \"half");
        File.AppendAllText(RoutingFile.FeaturesOf(Path), "x");

        await LabelAsync(Rows);

        Assert.Equal(lines, File.ReadAllBytes(Path));
        Assert.Equal(features, File.ReadAllBytes(RoutingFile.FeaturesOf(Path)));
    }

    [Fact]
    public async Task LabelAsync_OtherRowsOfTheSameFile_AreRefused()
    {
        await LabelAsync(Rows);

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => LabelAsync(Rows[1..]));
        Assert.Contains("line 1: expected the rows", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LabelAsync_Folds_AskTheGuardThatHasNotSeenTheRowAndLeaveFeaturesOut()
    {
        IReadOnlyList<IGuard> folds = await RouteFolds.TrainAsync(
            Rows,
            2,
            (others, _) => Task.FromResult<IGuard>(new RowGuard(input => others.Any(row => row.Prompt == input.Prompt) ? 0 : 1)),
            TestContext.Current.CancellationToken);

        IReadOnlyList<RoutingRecord> found = await LabelAsync(Rows, folds: folds);

        Assert.All(found, static row => Assert.Equal((1, 0), (row.Row.Small.UnsafeProbability, row.Row.Small.Features.Length)));
    }

    [Fact]
    public async Task LabelAsync_RowWithoutLabel_IsNamed()
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => LabelAsync([Rows[0], Rows[1] with { Unsafe = null }]));
        Assert.Equal("row r1: expected a label, found none", fault.Message);
    }

    [Fact]
    public async Task Read_DamagedLine_NamesIt()
    {
        await LabelAsync(Rows);
        string[] lines = await File.ReadAllLinesAsync(Path, TestContext.Current.CancellationToken);
        lines[3] = lines[3].Replace("\"unsafe\":1", "\"unsafe\":7", StringComparison.Ordinal).Replace("\"unsafe\":0", "\"unsafe\":7", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(Path, lines, TestContext.Current.CancellationToken);

        PicketException fault = Assert.Throws<PicketException>(() => RoutingFile.Read(Path));
        Assert.StartsWith($"{Path}, line 4:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OverlapRows_CardThatNamesAFile_CountsItsRows()
    {
        var manifest = new GuardManifest
        {
            Kind = "ngram",
            Name = "n",
            Files = new Dictionary<string, BundleFile>(),
            Training = System.Text.Json.JsonDocument.Parse(
                """{ "data": [{ "name": "a", "sha256": "aa" }], "settings": { "held_out_share": 0.1 }, "metrics": [{ "data": { "sha256": "bb" } }] }""").RootElement,
        };

        Assert.Equal(7, RouteFolds.OverlapRows(manifest, [new DataSource("x", "aa", 7, 1), new DataSource("y", "bb", 9, 1)]));
        Assert.Equal(0, RouteFolds.OverlapRows(manifest, [new DataSource("x", "aa", 7, 1)], heldOutOnly: 0.1));
        Assert.Equal(7, RouteFolds.OverlapRows(manifest, [new DataSource("x", "aa", 7, 1)], heldOutOnly: 0.2));
        Assert.Equal(0, RouteFolds.OverlapRows(manifest with { Training = null }, [new DataSource("x", "aa", 7, 1)]));
    }

    public void Dispose() => _folder.Dispose();

    private Task<IReadOnlyList<RoutingRecord>> LabelAsync(Example[] rows, int failingCall = 0, IReadOnlyList<IGuard>? folds = null) => new RouteLabeller(
        new RowGuard(static input => double.Parse(input.Prompt, CultureInfo.InvariantCulture)) { FailingCall = failingCall },
        new RowGuard(static input => 1 - double.Parse(input.Prompt, CultureInfo.InvariantCulture)),
        folds,
        batchSize: 4).LabelAsync(rows, Path, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Scores by a function; its features are the probability and 2.</summary>
    private sealed class RowGuard(Func<GuardInput, double> probability) : IGuard
    {
        private int _calls;

        public int FailingCall { get; init; }

        public GuardDescription Description { get; } = new("rows", "fake", FeatureWidth: 2);

        public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
            ++_calls == FailingCall
                ? throw new PicketException("gone")
                : new([.. inputs.Select(input => new GuardScore(probability(input), new[] { (float)probability(input), 2f }))]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
