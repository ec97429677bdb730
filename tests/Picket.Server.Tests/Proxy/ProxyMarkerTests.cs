using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

/// <summary>A word of the texts is looked for wherever the proxy says something of its own.</summary>
public sealed class ProxyMarkerTests
{
    private const string Marker = "Heffalump";

    [Theory]
    [InlineData($"{Marker} bad", "fine", false)]
    [InlineData("fine", $"{Marker} bad", false)]
    [InlineData("fine", $"{Marker} bad", true)]
    [InlineData("fine", $"{Marker} fail", false)]
    [InlineData("fine", $"{Marker} fail", true)]
    [InlineData($"{Marker} fail", "fine", false)]
    public async Task Post_TextWithTheMarker_LeavesItInNoSink(string prompt, string answer, bool streams)
    {
        var small = new WordGuard
        {
            Before = static (inputs, _) => $"{inputs[0].Prompt} {inputs[0].Response}" is var text && text.Contains("fail", StringComparison.Ordinal)
                ? throw new InvalidOperationException($"cannot read {text}")
                : Task.CompletedTask,
        };
        using var spans = new SpanSink();
        await using ProxyRun run = await StartAsync(
            streams ? Stream([Says(answer), Stops(), Done]) : Json(Said($"\"content\":\"{answer}\"")),
            small,
            ("Logging:LogLevel:Default", "Trace"));

        (System.Net.HttpStatusCode _, string body) = await run.AskAsync(Ask(prompt, streams ? "\"stream\":true," : ""));

        string all = $"{body} {run.Server.Logs.Text} {await run.Server.GetAsync("/metrics")} {spans.Text}";
        Assert.DoesNotContain(Marker, all, StringComparison.OrdinalIgnoreCase);
    }
}
