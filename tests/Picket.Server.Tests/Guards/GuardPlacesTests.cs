namespace Picket.Server.Tests;

public sealed class GuardPlacesTests
{
    [Fact]
    public async Task Load_EmbeddedNGramAlone_Scores()
    {
        (IGuard small, IGuard? large) = await LoadAsync(new GuardPlaceOptions { Large = "none" });
        await using IGuard guard = small;

        Assert.Null(large);
        Assert.InRange(
            (await guard.ScoreAsync([new GuardInput("How do I bake bread?")], TestContext.Current.CancellationToken))[0].UnsafeProbability, 0, 1);
    }

    [Fact]
    public async Task Load_AddressOfAServer_IsARemoteGuard()
    {
        (IGuard small, IGuard? large) = await LoadAsync(new GuardPlaceOptions { Large = "http://127.0.0.1:9/v1" });
        await using IGuard first = small;
        await using IGuard second = large!;

        Assert.Equal("remote", second.Description.Kind);
    }

    [Fact]
    public async Task Load_FolderThatIsNone_NamesTheKey()
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => LoadAsync(new GuardPlaceOptions { Large = "no/such/folder" }));

        Assert.StartsWith("Picket:Guards:Large: ", fault.Message, StringComparison.Ordinal);
    }

    private static Task<(IGuard Small, IGuard? Large)> LoadAsync(GuardPlaceOptions options) =>
        GuardPlaces.LoadAsync(options, TestContext.Current.CancellationToken);
}
