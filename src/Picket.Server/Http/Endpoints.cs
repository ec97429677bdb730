using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Picket.Server;

/// <summary>Every address of the server.</summary>
internal static class Endpoints
{
    public static void Map(WebApplication app)
    {
        app.UseRouting();

        // Behind the routing, so that what is known has no step more; ASP.NET's own status pages give every request one.
        app.Use(static next => http => http.GetEndpoint() is RouteEndpoint ? next(http) : UnknownAsync(http, next));
        app.Services.GetRequiredService<ServerMetrics>().Watch(
            app.Services.GetRequiredService<LoadGate>(), app.Services.GetRequiredService<PolicyBook>());
        Door door = app.Services.GetRequiredService<Door>();
        foreach (CheckRoute route in app.Services.GetServices<CheckRoute>())
        {
            app.MapPost(route.Protocol.Path, door.Wrap(route.Route, KeyScope.Check, route.Protocol.Errors, route.HandleAsync));
        }

        foreach (ProxyRoute route in app.Services.GetServices<ProxyRoute>())
        {
            app.MapPost(route.Protocol.Path, door.Wrap(route.Route, KeyScope.Proxy, ErrorShape.OpenAi, route.HandleAsync));
        }

        MapHealth(app, door);
        MapAdmin(app, door);
    }

    private static void MapHealth(WebApplication app, Door door)
    {
        IHostApplicationLifetime life = app.Lifetime;
        life.ApplicationStopping.Register(() => Journal.Stopping(app.Logger));
        app.MapGet("/health/live", door.Wrap("health", scope: null, ErrorShape.Problem, static http => TextAsync(http, "alive")));
        app.MapGet("/health/ready", door.Wrap("health", scope: null, ErrorShape.Problem, http =>
        {
            bool ready = life.ApplicationStarted.IsCancellationRequested && !life.ApplicationStopping.IsCancellationRequested;
            http.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return TextAsync(http, ready ? "ready" : "not ready");
        }));
        app.MapGet("/openapi/v1.json", door.Wrap("openapi", scope: null, ErrorShape.Problem, OpenApiAsync));
    }

    private static void MapAdmin(WebApplication app, Door door)
    {
        PrometheusExporter exporter = app.Services.GetRequiredService<PrometheusExporter>();
        PolicyBook book = app.Services.GetRequiredService<PolicyBook>();
        PolicyReloader reloader = app.Services.GetRequiredService<PolicyReloader>();
        app.MapGet("/metrics", door.Wrap("metrics", KeyScope.Admin, ErrorShape.Problem, http =>
            TextAsync(http, exporter.Write(), "text/plain; version=0.0.4; charset=utf-8")));
        app.MapGet("/admin/policies", door.Wrap("admin", KeyScope.Admin, ErrorShape.Problem, http =>
            JsonAsync(http, PoliciesJson.Of(book.Current, reloader.LastFaults))));
        app.MapPost("/admin/reload", door.Wrap("admin", KeyScope.Admin, ErrorShape.Problem, async http =>
        {
            http.Response.StatusCode = await reloader.ReloadAsync(http.RequestAborted)
                ? StatusCodes.Status200OK
                : StatusCodes.Status409Conflict;
            await JsonAsync(http, PoliciesJson.Of(book.Current, reloader.LastFaults));
        }));
    }

    // What is left says 404, or 405 with the methods that are known.
    private static async Task UnknownAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        await ErrorShape.Problem.WriteAsync(
            http, new RequestFault(http.Response.StatusCode, FaultCode.NotFound, "expected a service of /openapi/v1.json, found another"));
    }

    private static async Task OpenApiAsync(HttpContext http)
    {
        await using Stream document = typeof(Endpoints).Assembly.GetManifestResourceStream("Picket.Server.openapi.json")!;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = document.Length;
        await document.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static async Task TextAsync(HttpContext http, string text, string contentType = "text/plain; charset=utf-8")
    {
        byte[] body = Encoding.UTF8.GetBytes(text);
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static async Task JsonAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        byte[] body = JsonBytes.Of(write);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
