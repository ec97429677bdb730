using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Picket.Cli;

/// <summary>
/// One self-contained page: a template, the charting library, a payload and the scripts that draw it, with nothing loaded from
/// elsewhere. A new kind of report is a new script among the assets.
/// </summary>
internal sealed partial class HtmlReport
{
    /// <summary>The page's title and first heading, as plain text.</summary>
    public required string Title { get; init; }

    /// <summary>The data: JSON, which the scripts get parsed.</summary>
    public required string PayloadJson { get; init; }

    /// <summary>Assets that draw the payload, run in this order after <c>page.js</c>; the last one calls <c>page.start</c>.</summary>
    public required IReadOnlyList<string> Scripts { get; init; }

    /// <summary>The page's text.</summary>
    public string Render() => Placeholder().Replace(Asset("page.html"), match => match.Groups["name"].Value switch
    {
        "title" => WebUtility.HtmlEncode(Title),
        "style" => Asset("page.css"),
        "payload" => EscapeJson(PayloadJson),
        "licence" => Asset("chart.LICENSE.md"),
        "library" => Asset("chart.umd.min.js"),
        "script" => string.Join('\n', Scripts.Prepend("page.js").Select(Asset)),
        string name => throw new InvalidOperationException($"page.html has no value for {name}."),
    });

    /// <summary>In JSON a &lt; stands in strings only, and escaped it can neither end the script element nor open a comment.</summary>
    private static string EscapeJson(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal);

    private static string Asset(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Picket.Cli.Reports.{name}")
            ?? throw new InvalidOperationException($"No report asset {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }

    [GeneratedRegex("{{(?<name>[a-z]+)}}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
