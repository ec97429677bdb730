using System.CommandLine;
using System.Text.RegularExpressions;
using Picket.Testing;

namespace Picket.Cli.Tests;

/// <summary>Every command that a document or a help text shows can be parsed: no option in it is gone or misspelt.</summary>
public sealed partial class DocumentedCommandsTests
{
    private static readonly StandardStreams s_streams = new(Stream.Null, Stream.Null, TextWriter.Null);

    public static TheoryData<string, string> Documented() => [.. Documents().SelectMany(static file =>
        CodeBlock().Matches(File.ReadAllText(file).ReplaceLineEndings("\n"))
            .SelectMany(static block => block.Groups["code"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Select(static line => line.Trim())
            .Where(static line => line.StartsWith("picket ", StringComparison.Ordinal))
            .Select(line => (Path.GetRelativePath(SharedFolder.RepositoryRoot, file), line)))];

    public static TheoryData<string> Examples() => [.. Commands.For([], s_streams).SelectMany(Within)
        .OfType<DocumentedCommand>()
        .SelectMany(static command => command.Examples)
        .Select(static example => example.CommandLine)];

    [Theory]
    [MemberData(nameof(Documented))]
    public void Parse_OfADocument_HasNoFault(string file, string line)
    {
        Assert.NotEmpty(file);
        Assert.Empty(FaultsOf(line));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Parse_OfAnExample_HasNoFault(string line) => Assert.Empty(FaultsOf(line));

    [Fact]
    public void Parse_OfAnOptionThatIsGone_HasAFault() => Assert.NotEmpty(FaultsOf("picket check --gone \"a text\" > verdict.txt"));

    private static IEnumerable<string> Documents() =>
        new[] { "docs", "samples", "models" }
            .SelectMany(static folder => Directory.EnumerateFiles(
                Path.Combine(SharedFolder.RepositoryRoot, folder), "*.md", SearchOption.AllDirectories))
            .Append(Path.Combine(SharedFolder.RepositoryRoot, "README.md"))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<Command> Within(Command command) => command.Subcommands.SelectMany(Within).Prepend(command);

    private static IReadOnlyList<string> FaultsOf(string line)
    {
        string[] words = [.. Word().Matches(line)
            .Select(static word => word.Value)
            .TakeWhile(static word => word is not ("#" or "<" or ">" or "|"))
            .Select(static word => word.Trim('"', '\''))
            .Skip(1)];
        return UsageFaults.In(CommandLineApp.Root(Commands.For(words, s_streams)).Parse(words, CommandLineApp.Parsing));
    }

    [GeneratedRegex(
        "^```[a-z]*\n(?<code>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|\\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
