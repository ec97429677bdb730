using System.Text.Json;

namespace Picket.Chat.Tests;

/// <summary>Scores with a guard of a template against a scripted server, and the answers of one.</summary>
internal static class ChatGuardRun
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(7);

    public static ChatGuardOptions Options { get; } = new() { Model = "m", RequestTimeout = Timeout, MaxRetries = 2 };

    /// <summary>A chat answer of the text, without logprobs.</summary>
    public static HttpResponseMessage Chat(string text) => ScriptedServer.Ok(JsonSerializer.Serialize(new
    {
        choices = new[] { new { message = new { content = text } } },
        usage = new { prompt_tokens = 200 },
    }));

    /// <summary>A chat answer whose first token is given with the probabilities of it and another.</summary>
    public static HttpResponseMessage Chat(string text, string token, double probability, string other, double otherProbability)
    {
        var written = new { token, logprob = Math.Log(probability) };
        var instead = new { token = other, logprob = Math.Log(otherProbability) };
        var content = new[] { new { written.token, written.logprob, top_logprobs = new[] { written, instead } } };
        return ScriptedServer.Ok(JsonSerializer.Serialize(new
        {
            choices = new[] { new { message = new { content = text }, logprobs = new { content } } },
        }));
    }

    /// <summary>An answer of plain completions, in their own form.</summary>
    public static HttpResponseMessage Completion(params (string Token, double Probability, string Other, double OtherProbability)[] tokens) =>
        ScriptedServer.Ok(JsonSerializer.Serialize(new
        {
            choices = new[]
            {
                new
                {
                    text = string.Concat(tokens.Select(token => token.Token)),
                    logprobs = new
                    {
                        tokens = tokens.Select(token => token.Token),
                        token_logprobs = tokens.Select(token => Math.Log(token.Probability)),
                        top_logprobs = tokens.Select(token => new Dictionary<string, double>
                        {
                            [token.Token] = Math.Log(token.Probability),
                            [token.Other] = Math.Log(token.OtherProbability),
                        }),
                    },
                },
            },
        }));

    public static async Task<GuardScore> ScoreAsync(
        ScriptedServer server,
        GuardTemplate? template = null,
        GuardInput? input = null,
        ChatGuardOptions? options = null,
        HurriedClock? clock = null) =>
        (await ScoreAllAsync(server, [input ?? new GuardInput("How do I bake bread?")], template, options, clock))[0];

    public static async Task<IReadOnlyList<GuardScore>> ScoreAllAsync(
        ScriptedServer server, GuardInput[] inputs, GuardTemplate? template = null, ChatGuardOptions? options = null, HurriedClock? clock = null)
    {
        using var http = new HttpClient(server);
        ChatGuardOptions asked = options ?? Options;
        await using var guard = new ChatCompletionGuard(
            new Uri("https://guard.test/v1"),
            http,
            template ?? GuardTemplates.LlamaGuard3,
            asked,
            clock ?? new HurriedClock(asked.RequestTimeout));
        return await guard.ScoreAsync(inputs, TestContext.Current.CancellationToken);
    }
}
