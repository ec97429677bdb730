using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Picket.Server;

namespace Picket.Load;

/// <summary>The servers that are loaded.</summary>
internal static class Servers
{
    public const string Empty = "empty";
    public const string Upstream = "upstream";
    public const string Guarding = "picket";

    private const string Address = "http://127.0.0.1:0";

    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        id = "c1",
        @object = "chat.completion",
        created = 1,
        model = "m",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = MildTexts.Words(60) }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 20, completion_tokens = 80, total_tokens = 100 },
    }));

    /// <summary>Serves until standard input ends.</summary>
    public static async Task RunAsync(string[] words, CancellationToken cancellationToken)
    {
        await using WebApplication app = words[0] switch
        {
            Empty => Plain("""{"flagged":false}"""u8.ToArray()),
            Upstream => Plain(Answer),
            Guarding => await PicketServer.CreateAsync(Setup(words[1..]), cancellationToken),
            _ => throw new PicketException($"expected {Empty}, {Upstream} or {Guarding}, found {words[0]}"),
        };
        await app.StartAsync(cancellationToken);
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync(cancellationToken);
        await app.StopAsync(cancellationToken);
    }

    private static ServerSetup Setup(string[] settings) => new()
    {
        Urls = Address,
        Settings = settings.Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => (string?)pair[1]),
        Logging = static logging => logging.AddFilter(static level => level >= LogLevel.Warning)
            .AddSimpleConsole(static console => console.SingleLine = true)
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
                static console => console.LogToStandardErrorThreshold = LogLevel.Trace),
    };

    // Reads JSON and answers JSON, and does nothing in between.
    private static WebApplication Plain(byte[] answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        app.Urls.Add(Address);
        app.UseRouting();
        app.MapPost("/{**path}", async http =>
        {
            using JsonDocument asked = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = answer.Length;
            await http.Response.Body.WriteAsync(answer, http.RequestAborted);
        });
        return app;
    }
}
