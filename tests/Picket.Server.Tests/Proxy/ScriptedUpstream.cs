using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Picket.Server.Tests;

/// <summary>A model server by hand, over real sockets; it keeps what it was asked.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedUpstream(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, string Body, Dictionary<string, string> Headers)> Asked { get; } = [];

    public string Address => _app.Urls.First();

    public static async Task<ScriptedUpstream> ListenAsync(Func<HttpContext, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        var upstream = new ScriptedUpstream(app);
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            string body = await reader.ReadToEndAsync(http.RequestAborted);
            upstream.Asked.Enqueue((
                http.Request.Path,
                body,
                http.Request.Headers.ToDictionary(
                    static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            await answer(http);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return upstream;
    }

    /// <summary>A whole answer.</summary>
    public static Func<HttpContext, Task> Json(string body, int status = 200) => http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body, http.RequestAborted);
    };

    /// <summary>A stream, each piece by itself, and then what <paramref name="then"/> does.</summary>
    public static Func<HttpContext, Task> Stream(IEnumerable<string> pieces, Func<HttpContext, Task>? then = null) => async http =>
    {
        http.Response.ContentType = "text/event-stream";
        foreach (string piece in pieces)
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(piece), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        await (then?.Invoke(http) ?? Task.CompletedTask);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
