using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation.Diversity;

public sealed class DiversityReportTests
{
    [Fact]
    public void ToJson_Report_HasSnakeCaseNamesAndNullsWhereNothingIsDefined()
    {
        var dropped = new Dictionary<string, int> { ["duplicate"] = 1 };
        var report = new DiversityReport
        {
            Counts = new GenerationCounts { Answers = 10, Empty = 2, Refused = 4, Kept = 3, Dropped = dropped },
            Diversity = DiversityFigures.Of(["word"]),
        };

        Assert.Equal(
            """
            {"counts":{"answers":10,"empty":2,"refused":4,"unreadable":0,"dropped":{"duplicate":1},"kept":3,"yield":0.3,"refusal_rate":0.5},
            "diversity":{"texts":1,"distinct_sample":1,"distinct1":1,"distinct2":null,"distinct3":null,"sample":1,"self_similarity":null,
            "clusters":1,"cluster_threshold":0.5}}
            """.ReplaceLineEndings(""),
            report.ToJson(indented: false));
        Assert.Contains("\n  \"counts\": {", report.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_NoAnswers_AreUndefined()
    {
        Assert.Null(new GenerationCounts().Yield);
        Assert.Null(new GenerationCounts { Answers = 2, Empty = 2 }.RefusalRate);
    }
}
