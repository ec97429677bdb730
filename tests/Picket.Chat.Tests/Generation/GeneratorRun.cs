using System.Text.Json;

namespace Picket.Chat.Tests;

/// <summary>Asks a scripted server, and the answers of one.</summary>
internal static class GeneratorRun
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(7);

    public static readonly Uri Server = new("https://llm.test");

    public static GeneratorOptions Options { get; } = new() { Model = "m", RequestTimeout = Timeout, MaxRetries = 2 };

    public static GenerationRequest Request { get; } = new([new ChatTurn(ChatSpeaker.User, "How do I bake bread?")])
    {
        AssistantPrefix = "Take flour",
        Temperature = 0.5,
        TopP = 0.9,
        MaxTokens = 64,
        Seed = 7,
        Stop = ["END"],
    };

    public static HttpResponseMessage Chat(string text, string finish = "stop") => ScriptedServer.Ok($$"""
        {
          "choices": [{ "message": { "role": "assistant", "content": {{JsonSerializer.Serialize(text)}} }, "finish_reason": "{{finish}}" }],
          "usage": { "prompt_tokens": 12, "completion_tokens": 3 }
        }
        """);

    public static HttpResponseMessage Completion(string text) =>
        ScriptedServer.Ok($$"""{"choices":[{"text":{{JsonSerializer.Serialize(text)}},"finish_reason":"stop"}]}""");

    public static async Task<Generation> AskAsync(
        ScriptedServer server, PrefixStyle style = PrefixStyle.ContinueFinalMessage, HurriedClock? clock = null, GenerationRequest? request = null)
    {
        using var http = new HttpClient(server);
        await using var generator = new ChatGenerator(Server, http, style, Options, clock ?? new HurriedClock(Timeout));
        return await generator.GenerateAsync(request ?? Request, TestContext.Current.CancellationToken);
    }

    public static async Task<string> FailAsync(ScriptedServer server, HurriedClock? clock = null)
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => AskAsync(server, clock: clock));
        Assert.DoesNotContain("bread", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        return fault.Message;
    }
}
