using System.Text;
using Picket.Testing;

namespace Picket.Cli.Tests.Training;

/// <summary>The commands of docs/training.md, run as they stand there but for the number of epochs.</summary>
public sealed class WalkThroughTests
{
    private static readonly string[] s_made = ["teacher", "labelled.jsonl", "my-guard", "my-guard-int8", "report.html"];

    [Fact]
    public async Task WalkThrough_OfTheDocument_EndsWithAVerdict()
    {
        using var folder = new ScratchFolder();
        string[] lines = WalkThrough();
        Assert.Equal(6, lines.Length);

        foreach (string line in lines)
        {
            string[] words = [.. Words(line).Select(word => Located(word, folder))];
            using var output = new MemoryStream();
            var error = new StringWriter();
            var streams = new StandardStreams(Stream.Null, output, error);

            int status = await CommandLineApp.RunAsync(words, streams, Commands.For(words, streams), TestContext.Current.CancellationToken);

            Assert.True(status is ExitStatus.Success or ExitStatus.Unsafe, $"{line}: {status}, {error}");
            Assert.NotEqual("", Encoding.UTF8.GetString(output.ToArray()) + error);
        }
    }

    private static string[] WalkThrough()
    {
        string document = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "training.md")).ReplaceLineEndings("\n");
        string section = document[document.IndexOf("## In five minutes", StringComparison.Ordinal)..];
        string code = section.Split("```")[1];
        return code.Replace("\\\n", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // The words after "picket"; a part in quotes is one.
    private static IEnumerable<string> Words(string line) => line.Split('"')
        .SelectMany(static (part, i) => i % 2 == 1 ? (string[])[part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Skip(1);

    private static string Located(string word, ScratchFolder folder) =>
        word == "30" ? "1"
        : s_made.Contains(word) ? folder[word]
        : word.StartsWith("samples/", StringComparison.Ordinal) ? Path.Combine(SharedFolder.RepositoryRoot, word)
        : word;
}
