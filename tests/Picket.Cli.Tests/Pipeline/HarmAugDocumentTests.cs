using Picket.Testing;
using Picket.Training.Augmentation;

namespace Picket.Cli.Tests.Pipeline;

/// <summary>The commands of docs/harmaug.md that want no server, run as they stand there but for the number of epochs and where files lie.</summary>
public sealed class HarmAugDocumentTests
{
    private static readonly string s_document =
        File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "harmaug.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task WalkThrough_OfTheDocument_EndsWithAVerdict()
    {
        SharedFolder.RequireExisting(WordNet.DefaultFolder, "needs WordNet, from Debian's wordnet-base");
        using var folder = new ScratchFolder();
        string recipe = Path.Combine("samples", "pipeline", "offline.yaml");
        await File.WriteAllTextAsync(
            folder["offline.yaml"], Located(Recipe(recipe), folder), TestContext.Current.CancellationToken);
        string[] lines = Section("## In five minutes").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);

        foreach (string line in lines)
        {
            string[] words = [.. line.Replace(recipe, folder["offline.yaml"], StringComparison.Ordinal).Split('"')
                .SelectMany(static (part, i) => i % 2 == 1 ? (string[])[part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Skip(1)
                .Select(word => word == "teacher" ? folder[word] : Located(word, folder))];
            var error = new StringWriter();
            var streams = new StandardStreams(Stream.Null, new MemoryStream(), error);

            int status = await CommandLineApp.RunAsync(words, streams, Commands.For(words, streams), TestContext.Current.CancellationToken);

            Assert.True(status is ExitStatus.Success or ExitStatus.Unsafe, $"{line}: {status}, {error}");
        }

        Assert.True(File.Exists(folder["my-guard-run/report.html"]));
    }

    [Fact]
    public void Commands_WithServers_AreReadWithoutAFault()
    {
        string[] lines = Section("## With language models").Replace("\\\n", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var streams = new StandardStreams(Stream.Null, Stream.Null, TextWriter.Null);

        Assert.Equal(4, lines.Length);
        Assert.All(lines, line =>
        {
            string[] words = line.Replace("\"", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            System.CommandLine.Command command = Commands.For(words[1..], streams).Single();
            Assert.Empty(command.Parse(words[2..], CommandLineApp.Parsing).Errors);
        });
    }

    private static string Section(string heading) => s_document[s_document.IndexOf(heading, StringComparison.Ordinal)..].Split("```")[1];

    private static string Recipe(string path) => File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, path))
        .Replace("epochs: 15", "epochs: 1", StringComparison.Ordinal);

    private static string Located(string text, ScratchFolder folder) => text
        .Replace("samples/", Path.Combine(SharedFolder.RepositoryRoot, "samples") + "/", StringComparison.Ordinal)
        .Replace("my-guard-run", folder["my-guard-run"], StringComparison.Ordinal)
        .Replace("guard: teacher", $"guard: {folder["teacher"]}", StringComparison.Ordinal);
}
