using System.Security.Cryptography;
using Picket.Models.Bundles;
using Picket.Models.Quantisation;

namespace Picket.Models.Tests.Quantisation;

public sealed class CalibrationTests : IDisposable
{
    private readonly RandomGuard _guard = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quantise_OneSpoiltMap_KeepsThatMapOnly()
    {
        _guard.Spoil();

        QuantisationResult result = await QuantiseAsync(tolerance: 0.1);

        KeyValuePair<string, string> kept = Assert.Single(result.Kept);
        Assert.Equal($"{RandomGuard.Layer}.intermediate.dense", kept.Key);
        Assert.StartsWith("quantised alone, it changes the log-odds by ", kept.Value, StringComparison.Ordinal);
        CalibrationRecord record = result.Record.Calibration!;
        Assert.True(record.AllQuantised.Mean > 0.1 && record.AsWritten.Mean <= 0.1, $"{record}");
    }

    [Fact]
    public async Task Quantise_OneSpoiltMap_WritesWhatWasMeasured()
    {
        _guard.Spoil();

        QuantisationResult result = await QuantiseAsync(tolerance: 0.1);

        Assert.Equal(result.Record, Bundle.Open(_guard.Out).Manifest.Deberta!.Quantisation);
        Assert.Equal(result.Kept, Bundle.Open(_guard.Out).Manifest.Deberta!.Fp32Layers!);
        await using IGuard original = await GuardLoader.LoadAsync(_guard.Path, cancellationToken: Token);
        await using IGuard written = await GuardLoader.LoadAsync(_guard.Out, cancellationToken: Token);
        var found = LogOddsDifference.Of(await ScoresAsync(original), await ScoresAsync(written));
        Assert.Equal(result.Record.Calibration!.AsWritten, found);
    }

    [Fact]
    public async Task Quantise_WithinTolerance_KeepsNothingAndSaysWhatItMeasured()
    {
        QuantisationResult result = await QuantiseAsync(tolerance: 0.5);

        Assert.Empty(result.Kept);
        CalibrationRecord record = result.Record.Calibration!;
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_guard.Scratch["texts.jsonl"])));
        Assert.Equal(("texts.jsonl", hash, RandomGuard.Texts.Count, 0.5), (record.File, record.Sha256, record.Rows, record.Tolerance));
        Assert.Equal(record.AllQuantised, record.AsWritten);
        Assert.True(record.AllQuantised.Mean > 0 && record.AllQuantised.Max >= record.AllQuantised.Mean);
        Bundle.Open(_guard.Out).Verify(Token);
    }

    [Fact]
    public async Task Quantise_NoTolerance_EndsWithTheOriginal()
    {
        QuantisationResult result = await QuantiseAsync(tolerance: 0);

        Assert.Equal(result.Units, result.Kept.Count);
        Assert.Equal(new LogOddsDifference(0, 0), result.Record.Calibration!.AsWritten);
    }

    [Fact]
    public async Task ReadAsync_MoreRowsThanWanted_TakesTheFirst()
    {
        CalibrationSet set = await CalibrationSet.ReadAsync(_guard.WriteTexts(), rows: 3, Token);

        Assert.Equal(RandomGuard.Texts.Take(3), set.Inputs);
    }

    [Fact]
    public async Task ReadAsync_NoRow_NamesTheFile()
    {
        string file = _guard.Scratch["none.csv"];
        await File.WriteAllTextAsync(file, "prompt,unsafe\n", Token);

        var fault = await Assert.ThrowsAnyAsync<PicketException>(() => CalibrationSet.ReadAsync(file, cancellationToken: Token));

        Assert.StartsWith(file, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _guard.Dispose();

    private static async Task<IReadOnlyList<double>> ScoresAsync(IGuard guard) =>
        [.. (await guard.ScoreAsync(RandomGuard.Texts, Token)).Select(static score => score.UnsafeProbability)];

    private async Task<QuantisationResult> QuantiseAsync(double tolerance) => await GuardQuantiser.QuantiseAsync(
        _guard.Path,
        _guard.Out,
        new QuantiserOptions { Calibration = await CalibrationSet.ReadAsync(_guard.WriteTexts(), cancellationToken: Token), Tolerance = tolerance },
        cancellationToken: Token);
}
