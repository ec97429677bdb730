namespace Picket.Data.Formats;

/// <summary>A row of a data set, of whichever shape, with what the mappings of <see cref="FormatTable"/> ask of it.</summary>
/// <param name="Context">The file.</param>
/// <param name="Line">The line on which the row begins, from 1.</param>
/// <param name="Number">The row's number, from 1.</param>
internal abstract record DataRow(ReadContext Context, long Line, long Number)
{
    /// <summary>The text of a field; <see langword="null"/> when it is absent or empty.</summary>
    public abstract string? TextOrNull(string field);

    /// <summary>A field that is 0 or 1; <see langword="null"/> when it is absent or empty.</summary>
    public abstract bool? Flag(string field);

    public string Text(string field) => TextOrNull(field) ?? throw Fault(field, "is missing or empty");

    /// <summary>A label of two words; <see langword="null"/> when the field is absent or empty.</summary>
    public bool? Choice(string field, string unsafeWord, string safeWord) => TextOrNull(field) switch
    {
        null => null,
        var text when text == unsafeWord => true,
        var text when text == safeWord => false,
        _ => throw Fault(field, $"expected \"{unsafeWord}\" or \"{safeWord}\", found another text"),
    };

    public Example Example(string prompt, bool? label, string? response = null, string? category = null, string? id = null) => new()
    {
        Id = $"{Context.Format.Name}:{id ?? Number.ToString()}",
        Prompt = prompt,
        Response = response,
        Unsafe = label,
        Category = category,
        Source = Context.Format.Name,
    };

    public DataFormatException Fault(string? field, string problem) => new(Context.File, Line, field, problem);
}
