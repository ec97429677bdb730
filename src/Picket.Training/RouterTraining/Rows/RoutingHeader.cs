namespace Picket.Training.RouterTraining;

/// <summary>The first line of a file of routing rows: what the rows belong to.</summary>
/// <param name="Format">Version of the layout: 1.</param>
/// <param name="Small">The small guard's name.</param>
/// <param name="Large">The large guard's name.</param>
/// <param name="FeatureWidth">Features a row.</param>
/// <param name="SmallThreshold">From where on the small guard calls an input unsafe.</param>
/// <param name="LargeThreshold">From where on the large guard does.</param>
/// <param name="Folds">Parts of the out-of-fold scoring; 0 where the small guard scored all rows itself.</param>
/// <param name="BatchSize">Rows that were scored together.</param>
/// <param name="Rows">SHA-256 over the rows' ids, texts and labels.</param>
public sealed record RoutingHeader(
    int Format, string Small, string Large, int FeatureWidth, double SmallThreshold, double LargeThreshold, int Folds, int BatchSize, string Rows);

/// <summary>A routing row with where it comes from.</summary>
/// <param name="Id">The example's.</param>
/// <param name="Row">What the guards say of it.</param>
/// <param name="Source">The example's.</param>
/// <param name="Category">The example's.</param>
/// <param name="Group">
/// As <see cref="RouteLabeller.Groups"/> gives it: rows that share one are one piece of evidence. <see langword="null"/> stands for a
/// prompt of its own.
/// </param>
public sealed record RoutingRecord(string Id, RoutingRow Row, string? Source, string? Category, string? Group = null);
