using Picket.Fairness;

namespace Picket.Cli;

/// <summary>The page of a guard audit.</summary>
internal static class FairnessPage
{
    public static string Render(FairnessReport report) => new HtmlReport
    {
        Title = "Guard audit",
        PayloadJson = report.ToJson(indented: false),
        Scripts = ["audit-charts.js", "audit-guard.js"],
    }.Render();
}
