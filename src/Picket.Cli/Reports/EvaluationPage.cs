using Picket.Evaluation;

namespace Picket.Cli;

/// <summary>The page of an evaluation report.</summary>
internal static class EvaluationPage
{
    public static string Render(EvaluationReport report) => new HtmlReport
    {
        Title = "Guard evaluation",
        PayloadJson = EvaluationJson.Serialize(report, indented: false),
        Scripts = ["evaluation-charts.js", "evaluation.js"],
    }.Render();
}
