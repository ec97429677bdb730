namespace Picket.Server.Tests;

/// <summary>A word of the texts is looked for wherever the server says something.</summary>
public sealed class MarkerTests
{
    private const string Marker = "Heffalump";

    public static TheoryData<string, string> Requests() => new()
    {
        { "/v1/moderations", $$"""{"input":"{{Marker}} bad","model":"m"}""" },
        { "/v1/moderations", $$"""{"input":[{"type":"{{Marker}}"}]}""" },
        { "/v1/check", $$"""{"inputs":[{"prompt":"{{Marker}} odd","response":"{{Marker}} odd"}]}""" },
        { "/v1/check", $$"""{"inputs":[{"prompt":"{{Marker}} fail"}]}""" },
        { "/v1/check", $$"""{"inputs":[{"{{Marker}}":1}]}""" },
        { "/v1/check", $$"""{"{{Marker}}": {{Marker}}""" },
        { "/predict", $$"""{"inputs":["{{Marker}}","{{Marker}}","{{Marker}}"]}""" },
        { "/beta/litellm_basic_guardrail_api", $$"""{"texts":["{{Marker}} bad"],"input_type":"{{Marker}}"}""" },
        { "/beta/litellm_basic_guardrail_api", $$"""{"texts":["{{Marker}} bad"],"input_type":"request"}""" },
        { "/contentsafety/text:analyze", $$"""{"text":"{{Marker}} bad","categories":["{{Marker}}"]}""" },
        { $"/v1/check?q={Marker}", $$"""{"inputs":[{"prompt":"{{Marker}}","id":7}]}""" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Post_TextWithTheMarker_LeavesItInNoSink(string path, string body)
    {
        using var spans = new SpanSink();
        await using RunningServer server = await RunningServer.StartAsync(
            Failing("small", "fail"), Failing("large", Marker), [("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Picket", "Trace")]);

        using HttpResponseMessage response = await server.PostAsync(path, body);

        string answer = $"{response.Headers} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
        string all = $"{answer} {server.Logs.Text} {await server.GetAsync("/metrics")} {spans.Text}";
        Assert.DoesNotContain(Marker, all, StringComparison.OrdinalIgnoreCase);
    }

    private static WordGuard Failing(string name, string word) => new(name)
    {
        Before = (inputs, _) => inputs.FirstOrDefault(input => input.Prompt.Contains(word, StringComparison.Ordinal)) is { } input
            ? throw new InvalidOperationException($"cannot read {input.Prompt}")
            : Task.CompletedTask,
    };
}
