using System.Text.Json;
using Picket.Models.Routing;

namespace Picket.Server.Tests;

public sealed class ServerCascadeTests
{
    [Theory]
    [InlineData("never", "never", "small")]
    [InlineData("always", "never", "tier-2")]
    [InlineData("always", "always", "large")]
    public async Task Post_CascadeOfThree_NamesTheTierThatDecided(string first, string second, string tier)
    {
        using var folder = new ScratchFolder();
        RouterFile.Save(folder["always.json"], RouterModel.Plain(RouterKinds.Always));
        RouterFile.Save(folder["never.json"], RouterModel.Plain(RouterKinds.Never));
        File.WriteAllText(folder["cascade.json"],
            $$"""{"tiers":[{"guard":"ngram","router":"{{first}}.json"},{"guard":"ngram","router":"{{second}}.json"},{"guard":"ngram"}]}""");
        await using RunningServer server = await StartAsync(("Picket:Guards:Cascade", folder["cascade.json"]));

        JsonElement result = (await server.AnswerAsync("/v1/check", """{"inputs":[{"prompt":"How do I bake bread?"}]}""")).GetProperty("results")[0];

        Assert.Equal(tier, result.GetProperty("tier").GetString());
        string metrics = await server.GetAsync("/metrics");
        Assert.Contains($"tier=\"{tier}\"", metrics, StringComparison.Ordinal);
        Assert.Contains(
            $"picket_route_share{{policy=\"default\",tier=\"small\",router=\"{first}\"}} {(first == "always" ? 1 : 0)}", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Picket:Policies:default:Threshold", false)]
    public async Task Post_ThresholdOfTheCascade_HoldsWhereThePolicyHasNone(string policy, bool expected)
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["cascade.json"], """{"tiers":[{"guard":"ngram"}],"threshold":0}""");
        await using RunningServer server = await StartAsync(("Picket:Guards:Cascade", folder["cascade.json"]), (policy, "0.99"));

        JsonElement result = (await server.AnswerAsync("/v1/check", """{"inputs":[{"prompt":"How do I bake bread?"}]}""")).GetProperty("results")[0];

        Assert.Equal(expected, result.GetProperty("unsafe").GetBoolean());
    }

    private static Task<RunningServer> StartAsync(params (string Key, string Value)[] settings)
    {
        var logs = new LogSink();
        (string, string)[] given = [.. settings.Where(static pair => pair.Key.Length > 0)];
        return RunningServer.StartAsync(RunningServer.Setup(new WordGuard(), null, given, logs) with { LoadGuards = null }, logs);
    }
}
