namespace Picket.Server.Tests;

public sealed class ServerConfigurationTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public async Task Create_SeveralFaults_AreToldTogetherBeforeAGuardIsLoaded()
    {
        ConfigurationException fault = await FaultAsync(
            ("Picket:Routes:chekc", "default"), ("Picket:Routes:azure", "strict"), ("Picket:Keys:a:Hash", "secret"), ("Picket:Limits:Inputs", "0"));

        Assert.Equal(4, fault.Faults.Count);
        Assert.Contains("Picket:Routes:chekc: unknown route", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Picket:Routes:azure: expected off or a policy (default), found strict", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Picket:Keys:a:Hash: expected SHA-256", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:8080")]
    [InlineData("Kestrel:Endpoints:web:Url", "http://10.1.2.3:80")]
    public async Task Create_OpenAddressWithoutKeys_IsRefused(string key, string url) =>
        Assert.Contains("expected keys (Picket:Keys) or a loopback address", (await FaultAsync((key, url))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_OpenAddressWithKeys_IsAllowed() =>
        Assert.Empty(Read(null, ("urls", "http://0.0.0.0:1"), ("Picket:Keys:a:Hash", Hash)).Faults);

    [Fact]
    public void Read_OneHashForTwoKeys_IsAFault() =>
        Assert.Contains(
            "a and b",
            Assert.Single(Read(null, ("Picket:Keys:a:Hash", Hash), ("Picket:Keys:b:Hash", Hash)).Faults),
            StringComparison.Ordinal);

    [Fact]
    public void Read_BrokenFile_NamesFileAndLine()
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["picket.json"], "{\n  \"Picket\": {\n    oops\n");

        PicketException fault = Assert.Throws<PicketException>(() => Read(folder["picket.json"]));

        Assert.StartsWith($"{folder["picket.json"]}, line 3: expected JSON", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_IsAFault() =>
        Assert.Contains("found none", Assert.Throws<PicketException>(() => Read("no-such.json")).Message, StringComparison.Ordinal);

    private static async Task<ConfigurationException> FaultAsync(params (string Key, string Value)[] settings)
    {
        ServerSetup setup = RunningServer.Setup(new WordGuard(), null, settings, new LogSink()) with
        {
            Urls = null,
            LoadGuards = (_, _) => throw new InvalidOperationException("A guard was loaded."),
        };
        return await Assert.ThrowsAsync<ConfigurationException>(() => PicketServer.CreateAsync(setup, TestContext.Current.CancellationToken));
    }

    private static ServerConfiguration Read(string? file, params (string Key, string Value)[] settings) => ServerConfiguration.Read(
        new ConfigurationSource(file, settings.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))), ["check"]);
}
