using Picket.Testing;

namespace Picket.Ablation.Tests;

public sealed class CellBookTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private int _measured;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetAsync_FinishedCell_IsNotMeasuredAgain()
    {
        Cell first = await GetAsync("6 epochs");

        Cell second = await GetAsync("6 epochs");

        Assert.Equal(1, _measured);
        Assert.Equal(first.Mean, second.Mean);
        Assert.Equal((first.Student, first.Arm, first.Seed, first.Rows), (second.Student, second.Arm, second.Seed, second.Rows));
    }

    [Fact]
    public async Task GetAsync_CellOfAnotherTraining_IsRefused()
    {
        await GetAsync("6 epochs");

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => GetAsync("7 epochs"));

        Assert.Contains("expected a cell of 7 epochs, found one of 6 epochs", fault.Message, StringComparison.Ordinal);
    }

    private Task<Cell> GetAsync(string identity) => new CellBook(_folder["work"]).GetAsync(
        "n-gram",
        "eda",
        42,
        identity,
        () =>
        {
            _measured++;
            var figures = new Dictionary<string, SetFigures> { ["a"] = new(0.5, 0.25), ["b"] = new(0.7, 0.75) };
            return Task.FromResult((10, (IReadOnlyDictionary<string, SetFigures>)figures));
        },
        Token);
}
