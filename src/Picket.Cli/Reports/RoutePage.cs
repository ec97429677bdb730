using Picket.Evaluation;

namespace Picket.Cli;

/// <summary>The page of a comparison of routers.</summary>
internal static class RoutePage
{
    public static string Render(RouteReport report) => new HtmlReport
    {
        Title = "Routers compared",
        PayloadJson = report.ToJson(indented: false),
        Scripts = ["route.js"],
    }.Render();
}
