namespace Picket.Evaluation;

/// <summary>A row that both guards scored, with what its figures are broken down by.</summary>
/// <param name="Row">What the guards say of it.</param>
/// <param name="Group">Equal for rows that are one piece of evidence, such as those of one prompt: the bootstrap draws them together.</param>
/// <param name="Data">The data set.</param>
/// <param name="Source">Where the row comes from.</param>
/// <param name="Category">The category that the source gives.</param>
public sealed record RoutedRow(RoutingRow Row, string Group, string Data, string? Source = null, string? Category = null);
