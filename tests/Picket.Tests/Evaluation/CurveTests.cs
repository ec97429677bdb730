using Picket.Evaluation;

namespace Picket.Tests.Evaluation;

public sealed class CurveTests
{
    [Fact]
    public void Confusion_ReferenceCase_EqualsScikitLearn()
    {
        Assert.All(ReferenceCase.Names, name =>
        {
            ReferenceCase reference = ReferenceCase.Get(name);
            var found = ConfusionMatrix.Compute(reference.Rows, reference.Threshold);
            Assert.Equal(
                reference.Confusion, (int[])[found.TruePositives, found.FalsePositives, found.TrueNegatives, found.FalseNegatives]);
        });
    }

    [Fact]
    public void PrecisionRecall_TiedScores_GivesOnePointADistinctScore()
    {
        ScoredLabel[] rows = [new(0.9, true), new(0.5, true), new(0.5, false), new(0.1, false)];

        IReadOnlyList<PrecisionRecallPoint> curve = PrecisionRecallPoint.Curve(rows);

        Assert.Equal([new(0.9, 1, 0.5), new(0.5, 2 / 3.0, 1), new(0.1, 0.5, 1)], curve);
    }

    [Fact]
    public void PrecisionRecall_ManyScores_IsThinnedAndKeepsItsEnds()
    {
        var random = new Random(5);
        ScoredLabel[] rows = [.. Enumerable.Range(0, 5000).Select(i => new ScoredLabel(random.NextDouble(), i % 3 == 0))];

        IReadOnlyList<PrecisionRecallPoint> curve = PrecisionRecallPoint.Curve(rows);

        Assert.InRange(curve.Count, 250, 500);
        Assert.Equal(rows.Max(row => row.UnsafeProbability), curve[0].Threshold);
        Assert.Equal(rows.Min(row => row.UnsafeProbability), curve[^1].Threshold);
        Assert.Equal(curve.OrderBy(point => point.Recall).Select(point => point.Recall), curve.Select(point => point.Recall));
    }

    [Fact]
    public void PrecisionRecall_OneClass_IsEmpty()
    {
        Assert.Empty(PrecisionRecallPoint.Curve([new(0.5, false)]));
        Assert.Empty(PrecisionRecallPoint.Curve([new(0.5, true)]));
    }

    [Fact]
    public void Reliability_Bins_AddUpToTheCalibrationError()
    {
        ScoredLabel[] rows = ReferenceCase.Get("plain").Rows;

        IReadOnlyList<ReliabilityBin> bins = ReliabilityBin.Compute(rows);

        double error = bins.Where(bin => bin.Rows > 0).Sum(bin => bin.Rows * Math.Abs(bin.UnsafeShare!.Value - bin.MeanProbability!.Value));
        Assert.Equal(15, bins.Count);
        Assert.Equal(rows.Length, bins.Sum(bin => bin.Rows));
        Assert.Equal(ReferenceCase.Get("plain").Value(Metric.Ece)!.Value, error / rows.Length, 1e-12);
    }

    [Fact]
    public void Histogram_EdgeScores_FallIntoTheOuterBins()
    {
        IReadOnlyList<HistogramBin> bins = HistogramBin.Compute([new(0, false), new(1, true), new(0.05, false)]);

        Assert.Equal(20, bins.Count);
        Assert.Equal((1, 0), (bins[0].SafeRows, bins[0].UnsafeRows));
        Assert.Equal((1, 0), (bins[1].SafeRows, bins[1].UnsafeRows));
        Assert.Equal((0, 1), (bins[19].SafeRows, bins[19].UnsafeRows));
    }
}
