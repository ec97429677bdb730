using Picket.Data;

namespace Picket.Cli;

/// <summary>A row to be checked.</summary>
internal readonly record struct CheckRow(RowName Name, GuardInput Input)
{
    /// <summary>Reads one JSON object from its bytes.</summary>
    /// <exception cref="DataFormatException">It is none; the message names file, line and field and holds nothing of the row.</exception>
    public static CheckRow Parse(ReadOnlySpan<byte> utf8, string file, long line)
    {
        Example row = JsonExampleParser.Parse(utf8, file, line);

        // The parser names a row that has no id; the line says as much already.
        bool named = row.Id != $"{row.Source ?? Path.GetFileName(file)}:{line}";
        return new CheckRow(new RowName(line, named ? row.Id : null), row.ToInput());
    }
}
