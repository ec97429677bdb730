using System.Text.Json;

namespace Picket.Cli;

/// <summary>The page of a pipeline's report.</summary>
internal static class PipelinePage
{
    public static string Render(PipelineReport report) => new HtmlReport
    {
        Title = $"Pipeline: {report.Recipe}",
        PayloadJson = JsonSerializer.Serialize(report, PipelineReportJson.Default.PipelineReport),
        Scripts = ["evaluation-charts.js", "pipeline.js"],
    }.Render();
}
