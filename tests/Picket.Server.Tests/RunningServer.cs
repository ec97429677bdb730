using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Picket.Server.Tests;

/// <summary>A server over real sockets on a port of its own, with guards by hand.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private RunningServer(WebApplication app, LogSink logs)
    {
        App = app;
        Logs = logs;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    public WebApplication App { get; }

    public LogSink Logs { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static Task<RunningServer> StartAsync(params (string Key, string Value)[] settings) => StartAsync(new WordGuard(), null, settings);

    public static async Task<RunningServer> StartAsync(
        IGuard small, IGuard? large, (string Key, string Value)[] settings, string? file = null, TimeProvider? clock = null)
    {
        var logs = new LogSink();
        return await StartAsync(
            Setup(small, large, settings, logs) with { ConfigurationFile = file, Clock = clock ?? TimeProvider.System }, logs);
    }

    public static async Task<RunningServer> StartAsync(ServerSetup setup, LogSink logs)
    {
        WebApplication app = await PicketServer.CreateAsync(setup);
        await app.StartAsync();
        return new RunningServer(app, logs);
    }

    public static ServerSetup Setup(IGuard small, IGuard? large, (string Key, string Value)[] settings, LogSink logs) => new()
    {
        Urls = "http://127.0.0.1:0",
        Settings = settings.ToDictionary(static pair => pair.Key, static pair => (string?)pair.Value),
        LoadGuards = (_, _) => Task.FromResult((small, large)),
        Logging = logging => logging.AddProvider(logs),
    };

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public Task<HttpResponseMessage> PostAsync(string path, string json, string? key = null) => PostAsync(path, Encoding.UTF8.GetBytes(json), key);

    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The JSON of an answer that must be 200.</summary>
    public async Task<JsonElement> AnswerAsync(string path, string json)
    {
        using HttpResponseMessage response = await PostAsync(path, json);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await JsonAsync(response);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    public Task<string> GetAsync(string path) => Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
    }
}
