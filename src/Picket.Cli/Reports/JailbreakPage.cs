using Picket.Chat;

namespace Picket.Cli;

/// <summary>The page of a jailbreak audit.</summary>
internal static class JailbreakPage
{
    public static string Render(JailbreakReport report) => new HtmlReport
    {
        Title = "Bias audit",
        PayloadJson = report.ToJson(indented: false),
        Scripts = ["audit-charts.js", "audit-jailbreak.js"],
    }.Render();
}
