using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Picket.Server.Tests;

/// <summary>A server in front of a model server by hand.</summary>
internal sealed class ProxyRun : IAsyncDisposable
{
    public const string ChatPath = "/v1/chat/completions";
    public const string Done = "data: [DONE]\n\n";
    public const string Usage = "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"total_tokens\":7}}\n\n";

    private ProxyRun(ScriptedUpstream upstream, RunningServer server) => (Upstream, Server) = (upstream, server);

    public ScriptedUpstream Upstream { get; }

    public RunningServer Server { get; }

    public static Task<ProxyRun> StartAsync(Func<HttpContext, Task> answer, params (string Key, string Value)[] settings) =>
        StartAsync(answer, new WordGuard(), settings);

    public static async Task<ProxyRun> StartAsync(Func<HttpContext, Task> answer, IGuard small, params (string Key, string Value)[] settings)
    {
        ScriptedUpstream upstream = await ScriptedUpstream.ListenAsync(answer);
        return new ProxyRun(upstream, await RunningServer.StartAsync(small, null, [("Picket:Proxy:Upstream", upstream.Address), .. settings]));
    }

    /// <summary>A setting of the policy that all routes have.</summary>
    public static (string Key, string Value) Policy(string name, string value) => ($"Picket:Policies:default:Proxy:{name}", value);

    public static (string Key, string Value) Refusal() => Policy("Blocked", "Refusal");

    /// <summary>A chat request with one user message.</summary>
    public static string Ask(string text = "fine", string more = "") =>
        $$"""{"model":"m",{{more}}"messages":[{"role":"user","content":{{JsonSerializer.Serialize(text)}}}]}""";

    public static string AskForStream(string more = "") => Ask(more: $"\"stream\":true,{more}");

    /// <summary>A whole chat answer with these messages.</summary>
    public static string Said(params string[] messages) =>
        $$"""{"id":"c1","object":"chat.completion","choices":[{{string.Join(',', messages.Select(Choice))}}],"""
        + "\"usage\":{\"total_tokens\":7}}";

    /// <summary>An event of a chat stream.</summary>
    public static string Chunk(string delta, int choice = 0, string finish = "null") =>
        """data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":["""
        + $$"""{"index":{{choice}},"delta":{{{delta}}},"finish_reason":{{finish}}}]}""" + "\n\n";

    public static string Says(string text, int choice = 0) => Chunk($"\"content\":{JsonSerializer.Serialize(text)}", choice);

    public static string Stops(int choice = 0) => Chunk("", choice, "\"stop\"");

    public async Task<(HttpStatusCode Status, string Body)> AskAsync(string json, string path = ChatPath)
    {
        using HttpResponseMessage response = await Server.PostAsync(path, json);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The first bytes of a stream, and the rest for whoever wants it; dispose the answer.</summary>
    public async Task<(HttpResponseMessage Answer, System.IO.Stream Body)> OpenAsync(string json, string path = ChatPath)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        HttpResponseMessage answer = await Server.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return (answer, await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private static string Choice(string message, int index) =>
        $$"""{"index":{{index}},"message":{"role":"assistant",{{message}}},"logprobs":null,"finish_reason":"stop"}""";
}
