namespace Picket.Server.Tests;

public sealed class PolicyReloadTests : IDisposable
{
    private const string Odd = """{"inputs":[{"prompt":"odd"}]}""";
    private readonly ScratchFolder _folder = new();

    private string File => _folder["picket.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReloadIfChanged_NewThreshold_IsInForceWithAnotherVersion()
    {
        await using RunningServer server = await StartAsync("""{"Picket":{"Policies":{"default":{"Threshold":0.9}}}}""");
        (bool before, string version) = await JudgeAsync(server);

        Write("""{"Picket":{"Policies":{"default":{"Threshold":0.4}}}}""");
        bool reloaded = await server.Get<PolicyReloader>().ReloadIfChangedAsync(TestContext.Current.CancellationToken);

        (bool after, string newVersion) = await JudgeAsync(server);
        Assert.Equal((true, false, true), (reloaded, before, after));
        Assert.NotEqual(version, newVersion);
    }

    [Theory]
    [InlineData("{ \"Picket\": {", "expected JSON")]
    [InlineData("""{"Picket":{"Policies":{"default":{"Threshold":7}}}}""", "expected 0 to 1, found 7")]
    [InlineData("""{"Picket":{"Policies":{"default":{"Treshold":0.4}}}}""", "unknown key")]
    [InlineData("""{"Picket":{"Policies":{"default":{"Threshold":1}}}}""", "canary")]
    [InlineData(null, "")]
    public async Task ReloadIfChanged_WithFaults_KeepsTheLastGoodPolicies(string? text, string told)
    {
        await using RunningServer server = await StartAsync("""{"Picket":{"Policies":{"default":{"Threshold":0.4}}}}""");
        (bool before, string version) = await JudgeAsync(server);

        Write(text);
        Assert.False(await server.Get<PolicyReloader>().ReloadIfChangedAsync(TestContext.Current.CancellationToken));

        Assert.Equal((before, version), await JudgeAsync(server));
        await server.AssertServesAsync();
        Assert.Contains(told.Replace("canary", "to be blocked", StringComparison.Ordinal), server.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_BeyondPolicies_SaysThatARestartIsNeeded()
    {
        await using RunningServer server = await StartAsync("{}");

        Write("""{"Picket":{"Limits":{"Inputs":3}}}""");
        Assert.True(await server.Get<PolicyReloader>().ReloadIfChangedAsync(TestContext.Current.CancellationToken));

        Assert.Contains("that needs a restart", server.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminReload_BrokenFile_AnswersWithConflictAndTheFaults()
    {
        await using RunningServer server = await StartAsync("{}");

        Write("{");
        using HttpResponseMessage response = await server.PostAsync("/admin/reload", "");

        Assert.Equal(System.Net.HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal(1, (await RunningServer.JsonAsync(response)).GetProperty("reload_faults").GetArrayLength());
    }

    private Task<RunningServer> StartAsync(string text)
    {
        Write(text);
        return RunningServer.StartAsync(new WordGuard(), null, [("Picket:Limits:ReloadInterval", "01:00:00")], File);
    }

    private void Write(string? text)
    {
        if (text is null)
        {
            System.IO.File.Delete(File);
        }
        else
        {
            System.IO.File.WriteAllText(File, text);
        }
    }

    private static async Task<(bool Unsafe, string Version)> JudgeAsync(RunningServer server)
    {
        System.Text.Json.JsonElement result = (await server.AnswerAsync("/v1/check", Odd)).GetProperty("results")[0];
        return (result.GetProperty("unsafe").GetBoolean(), result.GetProperty("policy_version").GetString()!);
    }
}
