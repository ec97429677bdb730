using Picket.Training.Labelling;

namespace Picket.Cli;

/// <summary>The page of a disagreement report.</summary>
internal static class DisagreementPage
{
    public static string Render(DisagreementReport report) => new HtmlReport
    {
        Title = "Teacher and labels",
        PayloadJson = DisagreementJson.Serialize(report, indented: false),
        Scripts = ["disagreement.js"],
    }.Render();
}
