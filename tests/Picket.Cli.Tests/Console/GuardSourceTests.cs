using Picket.Chat;

namespace Picket.Cli.Tests;

public sealed class GuardSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadAsync_Address_GivesARemoteGuard()
    {
        await using IGuard guard = await GuardSource.LoadAsync("https://guard.test/v1", normalise: true, Token);

        Assert.Equal(("guard.test", "remote"), (guard.Description.Name, guard.Description.Kind));
    }

    [Theory]
    [InlineData("https://guard.test/v1#llama-guard-3?model=m", typeof(ChatCompletionGuard))]
    [InlineData("https://guard.test/v1#moderations?model=m", typeof(ModerationGuard))]
    public async Task LoadAsync_AddressWithFragment_GivesTheGuardThatItNames(string place, Type kind)
    {
        await using IGuard guard = await GuardSource.LoadAsync(place, normalise: true, Token);

        Assert.Equal(("m", kind), (guard.Description.Name, guard.GetType()));
    }

    [Fact]
    public async Task LoadAsync_UnknownTemplate_NamesTheKnownOnes()
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(
            async () => await GuardSource.LoadAsync("https://guard.test#lama-guard", normalise: true, Token));

        Assert.Contains("expected llama-guard-3, ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("https://user:pass@guard.test")]
    public async Task LoadAsync_BadAddress_IsToldWithoutItsSecrets(string place)
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(async () => await GuardSource.LoadAsync(place, normalise: true, Token));

        Assert.DoesNotContain("pass", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdentityAsync_Bundle_ChangesWithItsManifestAndTheNormaliser()
    {
        _folder.Write("a/guard.json", "1");
        _folder.Write("b/guard.json", "2");

        string[] identities =
        [
            await GuardSource.IdentityAsync(_folder.At("a"), normalise: true, Token),
            await GuardSource.IdentityAsync(_folder.At("a"), normalise: false, Token),
            await GuardSource.IdentityAsync(_folder.At("b"), normalise: true, Token),
        ];

        Assert.Equal(3, identities.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(identities[0], await GuardSource.IdentityAsync(_folder.At("a"), normalise: true, Token));
    }

    [Fact]
    public async Task IdentityAsync_FolderWithoutManifest_ChangesWithItsWeights()
    {
        _folder.Write("hf/config.json", "{}");
        _folder.Write("hf/model.safetensors", "1");
        string before = await GuardSource.IdentityAsync(_folder.At("hf"), normalise: true, Token);

        _folder.Write("hf/model.safetensors", "2");

        Assert.NotEqual(before, await GuardSource.IdentityAsync(_folder.At("hf"), normalise: true, Token));
    }

    public void Dispose() => _folder.Dispose();
}
