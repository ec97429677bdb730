using Picket.Server;

namespace Picket.Samples.AspNet;

/// <summary>A program of one's own with a guard in front of its answers.</summary>
public static class GuardedApp
{
    public static WebApplication Create(WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddPicket();
        builder.Services.AddHealthChecks().AddPicket();
        WebApplication app = builder.Build();
        app.UseMiddleware<PromptGuard>();
        app.MapHealthChecks("/health");
        app.MapPost("/ask", static (Question asked) => new { answer = $"You asked: {asked.Prompt}" });
        return app;
    }
}
