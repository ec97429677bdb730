using Picket.Models.Bundles;
using Picket.Models.Tests.Blend;

namespace Picket.Models.Tests;

public sealed class LazyGuardTests
{
    private static readonly GuardManifest Manifest = new()
    {
        Name = "lazy",
        Kind = "fake",
        Files = new Dictionary<string, BundleFile>(StringComparer.Ordinal),
        FeatureWidth = 3,
        Threshold = 0.3,
    };

    private int _loads;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScoreAsync_FromSeveralThreads_LoadsOnce()
    {
        await using var inner = new StubGuard(new GuardScore(0.25));
        await using LazyGuard guard = Lazy(Task.FromResult<IGuard>(inner));

        await Parallel.ForAsync(0, 8, Token, async (_, token) => await guard.ScoreAsync([new GuardInput("hello")], token));

        Assert.Equal(1, _loads);
        Assert.Equal(inner.Description, guard.Description);
    }

    [Fact]
    public async Task Description_BeforeTheFirstScore_IsTheManifests()
    {
        await using LazyGuard guard = Lazy(Task.FromException<IGuard>(new PicketException("never loaded")));

        Assert.Equal(new GuardDescription("lazy", "fake", 3, 0, 0.3), guard.Description);
        Assert.Equal(0, _loads);
    }

    [Fact]
    public async Task ScoreAsync_GuardThatCannotBeLoaded_ThrowsEachTimeAndDisposes()
    {
        await using LazyGuard guard = Lazy(Task.FromException<IGuard>(new PicketException("damaged")));

        await Assert.ThrowsAsync<PicketException>(async () => await guard.ScoreAsync([new GuardInput("hello")], Token));
        await Assert.ThrowsAsync<PicketException>(async () => await guard.ScoreAsync([new GuardInput("hello")], Token));
    }

    [Fact]
    public async Task DisposeAsync_LoadedGuard_IsDisposed()
    {
        await using var inner = new StubGuard(new GuardScore(0.25));
        LazyGuard guard = Lazy(Task.FromResult<IGuard>(inner));
        await guard.LoadAsync();

        await guard.DisposeAsync();

        Assert.True(inner.Disposed);
    }

    private LazyGuard Lazy(Task<IGuard> load) => new(Manifest, () =>
    {
        _loads++;
        return load;
    });
}
