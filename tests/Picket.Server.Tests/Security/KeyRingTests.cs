namespace Picket.Server.Tests;

public sealed class KeyRingTests
{
    [Fact]
    public void Find_KeyThatWasMade_IsFoundByItsHashAlone()
    {
        (string key, string hash) = KeyRing.Create();
        var ring = new KeyRing(new Dictionary<string, KeyOptions> { ["team"] = new() { Hash = hash } }, TimeProvider.System);

        Assert.Equal("team", ring.Find(key)?.Name);
        Assert.Null(ring.Find(key + "0"));
        Assert.Null(ring.Find(hash));
        Assert.True(key.Length >= 64);
    }

    [Fact]
    public void Create_Twice_DiffersInKeyAndHash() => Assert.NotEqual(KeyRing.Create(), KeyRing.Create());
}
