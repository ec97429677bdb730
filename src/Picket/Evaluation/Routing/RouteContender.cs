namespace Picket.Evaluation;

/// <summary>A router in a comparison: how hard it holds each row, and from where on it escalates.</summary>
/// <param name="Name">Tells it from the others.</param>
/// <param name="Hardness">One a row; positive infinity where the row goes on whatever the threshold is.</param>
/// <param name="Threshold">What is strictly harder is escalated.</param>
public sealed record RouteContender(string Name, IReadOnlyList<double> Hardness, double Threshold)
{
    /// <summary>The name of the one that knows the label: it escalates exactly where the small guard is wrong and the large one right.</summary>
    public const string Oracle = "oracle";

    /// <summary>What a router makes of rows.</summary>
    /// <param name="name">Its name here.</param>
    /// <param name="router">The router, with the threshold and region that it has.</param>
    /// <param name="rows">At least one.</param>
    public static RouteContender Of(string name, IRouter router, IReadOnlyList<RoutedRow> rows)
    {
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(rows);
        GuardScore[] scores = [.. rows.Select(static row => row.Row.Small)];
        return new RouteContender(name, RouteCalibrator.Measure(router, scores), router.Decide(scores[0]).Threshold);
    }

    /// <summary>The oracle.</summary>
    /// <param name="rows">The rows.</param>
    public static RouteContender OracleOf(IReadOnlyList<RoutedRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new RouteContender(Oracle, [.. rows.Select(static row => row.Row.Hard ? 1.0 : 0)], 0.5);
    }

    internal bool[] Escalated(double threshold) => [.. Hardness.Select(hardness => hardness > threshold)];
}
