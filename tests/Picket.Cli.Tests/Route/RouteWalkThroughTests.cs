using System.Text;
using Picket.Models.Routing;
using Picket.Testing;

namespace Picket.Cli.Tests.Route;

/// <summary>The commands of docs/routing.md, run as they stand there, and its cascade.</summary>
public sealed class RouteWalkThroughTests
{
    private static readonly string[] s_made =
    [
        "small-guard", "large-guard", "learn-routes.jsonl", "calibrate-routes.jsonl", "test-routes.jsonl",
        "router.json", "routers.html", "cascade.json",
    ];

    [Fact]
    public async Task WalkThrough_OfTheDocument_EndsWithACascadeThatExplainsItself()
    {
        using var folder = new ScratchFolder();
        string[] parts = Section().Split("```");
        File.WriteAllText(folder["cascade.json"], parts[3]["json".Length..]);
        string[] lines = parts[1].Replace("\\\n", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(9, lines.Length);
        string last = "";

        foreach (string line in lines)
        {
            last = await RunAsync(line, folder);
        }

        Assert.True(RouterFile.Load(folder["router.json"]).Manifest.Calibration!.Promised);
        Assert.Contains("guard 1, router bayes: hardness", last);
        Assert.Contains("Routers compared", File.ReadAllText(folder["routers.html"]));
    }

    private static async Task<string> RunAsync(string line, ScratchFolder folder)
    {
        string[] words = [.. Words(line).Select(word => Located(word, folder))];
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        int status = await CommandLineApp.RunAsync(words, streams, Commands.For(words, streams), TestContext.Current.CancellationToken);
        Assert.True(status is ExitStatus.Success or ExitStatus.Unsafe, $"{line}: {status}, {error}");
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static string Section()
    {
        string document = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "routing.md")).ReplaceLineEndings("\n");
        return document[document.IndexOf("## In five minutes", StringComparison.Ordinal)..];
    }

    // The words after "picket"; a part in quotes is one.
    private static IEnumerable<string> Words(string line) => line.Split('"')
        .SelectMany(static (part, i) => i % 2 == 1 ? (string[])[part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Skip(1);

    private static string Located(string word, ScratchFolder folder) =>
        s_made.Contains(word) ? folder[word]
        : word.StartsWith("samples/", StringComparison.Ordinal) ? Path.Combine(SharedFolder.RepositoryRoot, word)
        : word;
}
