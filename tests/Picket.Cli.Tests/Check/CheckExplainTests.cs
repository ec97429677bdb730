using System.Text;
using System.Text.Json;
using Picket.Cli.Tests.Route;
using Picket.Models.Routing;

namespace Picket.Cli.Tests.Check;

public sealed class CheckExplainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("u1 h1 n3", "hardness 0.557, threshold 0.500; harder than the threshold: goes on", "decided by guard 2, large")]
    [InlineData("u0 h0 n0", "hardness 0.469, threshold 0.500; not harder than the threshold: stays", "decided by guard 1, small")]
    public async Task Check_Explain_SaysWhoDecidedAndWhy(string text, string route, string decided)
    {
        string output = await RunAsync(text, Cascade("""{"tiers":[{"guard":"small"},{"guard":"large"}]}"""), "--explain");

        Assert.Contains($"guard 1, router entropy: {route}", output);
        Assert.Contains(decided, output);
    }

    [Fact]
    public async Task Check_ExplainAsJson_HasTheDecisionOfEachRouter()
    {
        string cascade = Cascade("""{"tiers":[{"guard":"small","cap_share":0.5},{"guard":"large"}]}""");

        string output = await RunAsync("u1 h1 n3", cascade, "--explain", "--json");

        using JsonDocument verdict = JsonDocument.Parse(output);
        JsonElement route = Assert.Single(verdict.RootElement.GetProperty("routes").EnumerateArray());
        Assert.Equal((1, true, "router"), (
            verdict.RootElement.GetProperty("tier").GetInt32(), route.GetProperty("escalate").GetBoolean(), route.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Check_RouterOfTheFile_Decides()
    {
        RouterFile.Save(_folder.At("never.json"), RouterModel.Plain(RouterKinds.Never));

        string output = await RunAsync("u1 h1 n3", Cascade("""{"tiers":[{"guard":"small","router":"never.json"},{"guard":"large"}]}"""), "--explain");

        Assert.Contains("router never", output);
        Assert.Contains("decided by guard 1, small", output);
    }

    [Fact]
    public async Task Load_RouterOfAnotherGuard_IsRefused()
    {
        RouterModel never = RouterModel.Plain(RouterKinds.Never);
        RouterFile.Save(_folder.At("other.json"), never with { Manifest = never.Manifest with { Guard = "another" } });
        string cascade = Cascade("""{"tiers":[{"guard":"small","router":"other.json"},{"guard":"large"}]}""");

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => CascadeFile.LoadAsync(
            cascade, static (guard, _) => new(new RouteGuard(guard, small: true)), cancellationToken: TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("router other.json: expected the guard that it was made for, another, found small", fault.Message);
    }

    [Theory]
    [InlineData("""{"tiers":[]}""", "field \"tiers\": expected one guard or more, found none")]
    [InlineData("""{"tiers":[{"guard":"small"}],"threshold":2}""", "field \"threshold\": expected 0 to 1, found 2")]
    [InlineData("""{"tiers":[{"guard":"small"}],"failure":"x"}""", "field \"failure\": expected treat-as-unsafe, use-small-verdict, throw")]
    [InlineData("""{"tiers":[{"guard":"small"}],"tresh":2}""", "expected a cascade, found something else")]
    public void Read_FileWithAFault_NamesTheField(string json, string fault)
    {
        string path = Cascade(json);

        PicketException found = Assert.Throws<PicketException>(() => CascadeFile.Read(path));

        Assert.Contains(fault, found.Message);
    }

    public void Dispose() => _folder.Dispose();

    private string Cascade(string json) => _folder.Write("cascade.json", json);

    private static async Task<string> RunAsync(string text, string cascade, params string[] words)
    {
        using var output = new MemoryStream();
        var streams = new StandardStreams(Stream.Null, output, TextWriter.Null);
        var command = CheckCommand.Create(streams, static (place, _, _, token) => CascadeFile.LoadAsync(
            place!, static (guard, _) => new(new RouteGuard(guard, small: guard == "small")), cancellationToken: token));
        await CommandLineApp.RunAsync(["check", text, "--guard", cascade, .. words], streams, [command], TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
