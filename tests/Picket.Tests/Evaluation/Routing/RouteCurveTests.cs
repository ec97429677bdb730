using Picket.Evaluation;

namespace Picket.Tests.Evaluation.Routing;

public sealed class RouteCurveTests
{
    // The small guard catches one of four unsafe rows and raises one false alarm; the large one is right but for the last row.
    private static readonly RoutingRow[] Rows =
    [
        Row(0.9, 0.9, true), Row(0.1, 0.9, true), Row(0.2, 0.9, true), Row(0.3, 0.2, true), Row(0.8, 0.1, false), Row(0.2, 0.1, false),
    ];

    [Fact]
    public void Compute_KnownRows_GivesBothEndsAndTheOracle()
    {
        var curve = RouteCurve.Compute(Rows, [0.1, 0.9, 0.8, 0.3, 0.7, 0.2]);

        // Small: 1 caught of 4, 2 flagged. Large: 3 caught, 3 flagged. Oracle: as the large one, with three of six rows.
        Assert.Equal(2.0 / 6, curve.SmallF1, precision: 12);
        Assert.Equal(6.0 / 7, curve.LargeF1, precision: 12);
        Assert.Equal((6.0 / 7, 0.5), (curve.OracleF1, curve.OracleShare));
        Assert.Equal(0.5, curve.ShareFor95);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], curve.Points.Select(static point => (int)Math.Round(point.Share * 6)));
    }

    [Fact]
    public void Compute_OneHardnessForAll_IsTheStraightLine()
    {
        var curve = RouteCurve.Compute(Rows, [.. Enumerable.Repeat(0.5, 6)]);

        Assert.Equal(2, curve.Points.Count);
        Assert.Equal(0.5, curve.Area!.Value, precision: 12);
    }

    [Fact]
    public void Compute_HardRowsFirst_HasMoreAreaThanLast()
    {
        double first = RouteCurve.Compute(Rows, [.. Rows.Select(static row => row.Hard ? 1.0 : 0.0)]).Area!.Value;
        double last = RouteCurve.Compute(Rows, [.. Rows.Select(static row => row.Hard ? 0.0 : 1.0)]).Area!.Value;

        Assert.True(first > 0.7 && last < 0.3, $"{first}, {last}");
    }

    [Fact]
    public void Compute_EqualGuards_HasNoArea()
    {
        RoutingRow[] rows = [Row(0.9, 0.9, true), Row(0.1, 0.1, false)];

        Assert.Null(RouteCurve.Compute(rows, [0.1, 0.2]).Area);
        Assert.Null(RouteCurve.Compute(rows, [0.1, 0.2]).ShareFor95);
    }

    [Fact]
    public void Compute_NoNumber_Throws() => Assert.Throws<ArgumentException>(() => RouteCurve.Compute([Rows[0]], [double.NaN]));

    private static RoutingRow Row(double small, double large, bool isUnsafe) => new(new GuardScore(small), large, isUnsafe);
}
