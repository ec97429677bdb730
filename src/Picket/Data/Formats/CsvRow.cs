using CsvHelper;

namespace Picket.Data.Formats;

/// <summary>A CSV row, valid until the reader goes on.</summary>
internal sealed record CsvRow(ReadContext Context, long Line, long Number, CsvReader Reader, IReadOnlyDictionary<string, int> Columns)
    : DataRow(Context, Line, Number)
{
    public override string? TextOrNull(string field) =>
        Columns.TryGetValue(field, out int index) && Reader.GetString(index) is { Length: > 0 } text ? text : null;

    public override bool? Flag(string field) => TextOrNull(field) switch
    {
        null => null,
        "1" or "1.0" or "true" or "True" or "TRUE" => true,
        "0" or "0.0" or "false" or "False" or "FALSE" => false,
        _ => throw Fault(field, "expected 0 or 1, found another text"),
    };
}
