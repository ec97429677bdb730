namespace Picket.Data;

/// <summary>A data file that is not what it should be: says where, what was found and what was expected, and never quotes a row's text.</summary>
public sealed class DataFormatException : PicketException
{
    /// <summary>Creates the exception; the message reads <c>file, line 17, field "prompt": problem</c>.</summary>
    /// <param name="file">The file's name as the caller gave it.</param>
    /// <param name="line">The line, from 1; <see langword="null"/> when the fault is the file's as a whole.</param>
    /// <param name="field">The field or column; <see langword="null"/> when the fault is the row's as a whole.</param>
    /// <param name="problem">What was found and what was expected, without any text of the row.</param>
    /// <param name="innerException">The cause.</param>
    public DataFormatException(string file, long? line, string? field, string problem, Exception? innerException = null)
        : base(Describe(file, line, field, problem), innerException)
    {
        File = file;
        Line = line;
        Field = field;
    }

    /// <summary>The file's name as the caller gave it.</summary>
    public string File { get; }

    /// <summary>
    /// The line, from 1: of a CSV row that spans several lines, its first. <see langword="null"/> when the file as a whole is at fault.
    /// </summary>
    public long? Line { get; }

    /// <summary>The field or column; <see langword="null"/> when the row or the file as a whole is at fault.</summary>
    public string? Field { get; }

    private static string Describe(string file, long? line, string? field, string problem) =>
        file + (line is null ? "" : $", line {line}") + (field is null ? "" : $", field \"{field}\"") + ": " + problem;
}
