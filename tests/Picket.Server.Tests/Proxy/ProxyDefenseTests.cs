using Picket.Chat;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

public sealed class ProxyDefenseTests
{
    private const string Sys = "BE EVEN";
    private const string Suf = "BE SAFE";

    public static TheoryData<string, string, string, string> Requests() => new()
    {
        {
            "Both", ChatPath,
            """{"x": 1.0,"messages":[{"role":"system","content":"S"},{"role":"user","content":"U\u0041","name":"n"}],"y":[ ]}""",
            """{"x":1.0,"messages":[{"role":"system","content":"S\n\nBE EVEN"},{"role":"user","content":"UA\n\nBE SAFE","name":"n"}],"y":[ ]}"""
        },
        {
            "System", ChatPath,
            """{"messages":[{"role":"user","content":"U"}]}""",
            """{"messages":[{"role":"system","content":"BE EVEN"},{"role":"user","content":"U"}]}"""
        },
        {
            "Suffix", ChatPath,
            """{"messages":[{"role":"user","content":[{"type":"text","text":"U"}]},{"role":"assistant","content":"A"}]}""",
            """{"messages":[{"role":"user","content":[{"type":"text","text":"U"},{"type":"text","text":"\n\nBE SAFE"}]},"""
                + """{"role":"assistant","content":"A"}]}"""
        },
        { "Both", "/v1/completions", """{"prompt":"P"}""", """{"prompt":"BE EVEN\n\nP\n\nBE SAFE"}""" },
        {
            "Both", "/v1/responses",
            """{"instructions":"I","input":"P"}""",
            """{"instructions":"I\n\nBE EVEN","input":"P\n\nBE SAFE"}"""
        },
        {
            "Both", "/v1/responses",
            """{"input":[{"role":"user","content":[{"type":"input_text","text":"P"}]}]}""",
            """{"instructions":"BE EVEN","input":[{"role":"user","content":[{"type":"input_text","text":"P"},"""
                + """{"type":"input_text","text":"\n\nBE SAFE"}]}]}"""
        },
        { "Off", ChatPath, """{ "messages":[{"role":"user","content":"U"}]}""", """{ "messages":[{"role":"user","content":"U"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Post_WithBiasDefense_IsPassedOnWithItAndJudgedWithout(string mode, string path, string asked, string expected)
    {
        var small = new WordGuard();
        await using ProxyRun run = await StartAsync(
            Json("{}", 404), small, Policy("BiasDefense", mode), Policy("BiasDefenseSystemPrompt", Sys), Policy("BiasDefenseSuffix", Suf));

        await run.AskAsync(asked, path);

        Assert.Equal(expected, run.Upstream.Asked.Single().Body);
        Assert.DoesNotContain(small.Calls.SelectMany(static call => call), static input => input.Prompt.Contains("BE ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_DefaultWording_IsThePapersSuffixAndPicketsPrompt()
    {
        await using ProxyRun run = await StartAsync(Json("{}", 404), Policy("BiasDefense", "Both"));

        await run.AskAsync(Ask());

        string body = run.Upstream.Asked.Single().Body;
        Assert.Contains(BiasDefenseOptions.PublishedSuffix, body, StringComparison.Ordinal);
        Assert.Contains(BiasDefenseOptions.PicketSystemPrompt, body, StringComparison.Ordinal);
    }
}
