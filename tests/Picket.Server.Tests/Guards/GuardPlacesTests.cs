using Picket.Models.Routing;

namespace Picket.Server.Tests;

public sealed class GuardPlacesTests
{
    [Fact]
    public async Task Load_EmbeddedNGramAlone_Scores()
    {
        await using CascadeParts parts = await LoadAsync(new GuardPlaceOptions { Large = "none" });

        IGuard guard = Assert.Single(parts.Tiers).Guard;
        Assert.InRange(
            (await guard.ScoreAsync([new GuardInput("How do I bake bread?")], TestContext.Current.CancellationToken))[0].UnsafeProbability, 0, 1);
    }

    [Fact]
    public async Task Load_AddressOfAServer_IsARemoteGuard()
    {
        await using CascadeParts parts = await LoadAsync(new GuardPlaceOptions { Large = "http://127.0.0.1:9/v1" });

        Assert.Equal("remote", parts.Tiers[1].Guard.Description.Kind);
    }

    [Theory]
    [InlineData("no/such/folder", null, "Picket:Guards:Large: ")]
    [InlineData("none", "no/such/cascade.json", "Picket:Guards:Cascade: no/such/cascade.json")]
    public async Task Load_PlaceThatIsNone_NamesTheKey(string large, string? cascade, string start)
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(
            () => LoadAsync(new GuardPlaceOptions { Large = large, Cascade = cascade }));

        Assert.StartsWith(start, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_CascadeFile_GoesBeforeSmallAndLarge()
    {
        using var folder = new ScratchFolder();
        RouterFile.Save(folder["never.json"], RouterModel.Plain(RouterKinds.Never));
        File.WriteAllText(folder["cascade.json"], """
            {"tiers":[{"guard":"ngram","router":"never.json"},{"guard":"http://127.0.0.1:9/v1"}],"threshold":0.25,"failure":"throw","timeout_seconds":3}
            """);

        await using CascadeParts parts = await LoadAsync(new GuardPlaceOptions { Small = "none", Cascade = folder["cascade.json"] });

        Assert.Equal((0.25, "never"), (parts.Threshold, parts.Tiers[0].Router!.Name));
        Assert.Equal((LargeGuardFailure.Throw, TimeSpan.FromSeconds(3)), (parts.Tiers[1].Failure, parts.Tiers[1].Timeout));
    }

    private static Task<CascadeParts> LoadAsync(GuardPlaceOptions options) => GuardPlaces.LoadAsync(options, TestContext.Current.CancellationToken);
}
