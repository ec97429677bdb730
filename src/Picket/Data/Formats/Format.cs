namespace Picket.Data.Formats;

/// <summary>How rows lie in a file.</summary>
internal enum RowShape
{
    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>Comma-separated values under a header.</summary>
    Csv,

    /// <summary>One JSON value that holds objects in an array, or in arrays that are the values of an object.</summary>
    JsonDocument,

    /// <summary>One text a line, without any fields.</summary>
    TextLines,
}

/// <summary>One row of <see cref="FormatTable"/>.</summary>
/// <param name="Name">The name that forces it, and the source of its rows.</param>
/// <param name="Shape">How rows lie in the file.</param>
/// <param name="Description">What it is.</param>
/// <param name="Label">How the label comes about.</param>
/// <param name="Fields">Fields of which a first row has all.</param>
/// <param name="Map">Makes an example of a row; <see langword="null"/> where the row holds nothing to judge.</param>
internal sealed record Format(string Name, RowShape Shape, string Description, string Label, string[] Fields, Func<DataRow, Example?> Map)
{
    /// <summary>Fields of which a first row has at least one; none are asked for when empty.</summary>
    public string[] AnyField { get; init; } = [];

    /// <summary>Fields of which a first row has none.</summary>
    public string[] NoField { get; init; } = [];

    public ExampleFormat Public => new(Name, Description, Label);

    public string Signature => string.Join(
        ", ", AnyField.Length == 0 ? Fields : [.. Fields, "one of " + string.Join('/', AnyField)]);

    public bool Fits(IReadOnlyCollection<string> names) =>
        Fields.All(names.Contains) && (AnyField.Length == 0 || AnyField.Any(names.Contains)) && !NoField.Any(names.Contains);
}
