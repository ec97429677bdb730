namespace Picket.Cli;

/// <summary>The JSON file and the page that figures go to, where they are asked for.</summary>
internal sealed record ReportFiles(string? JsonPath, string? HtmlPath)
{
    private IEnumerable<string> Paths => new[] { JsonPath, HtmlPath }.OfType<string>();

    /// <summary>Says before any work is done that one of them cannot be written.</summary>
    /// <exception cref="PicketException">A path is a folder, or is in one that does not exist.</exception>
    public void EnsureWritable()
    {
        foreach (string path in Paths)
        {
            ReportFile.EnsureWritable(path);
        }
    }

    /// <summary>Writes both, then the table, then where they are.</summary>
    /// <exception cref="PicketException">A file cannot be written.</exception>
    public async Task WriteAsync(
        Func<string> json, Func<string> html, Action writeTable, TextWriter output, CancellationToken cancellationToken)
    {
        // The files come first: a `head` that closes standard output must not cost them.
        if (JsonPath is not null)
        {
            await ReportFile.WriteAsync(JsonPath, json() + "\n", cancellationToken);
        }

        if (HtmlPath is not null)
        {
            await ReportFile.WriteAsync(HtmlPath, html(), cancellationToken);
        }

        writeTable();
        foreach (string path in Paths)
        {
            await output.WriteLineAsync($"Wrote {path}");
        }
    }
}
