using Picket.Testing;

namespace Picket.Models.Tests;

/// <summary>The README's code, compiled here between the markers and compared with the README line by line.</summary>
public sealed class ReadmeTests
{
    private const string ThisFile = "tests/Picket.Models.Tests/ReadmeTests.cs";

    [Fact]
    public async Task FirstExample_OfTheReadme_Runs()
    {
        TextWriter console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
#pragma warning disable xUnit1051 // The README shows the calls without a cancellation token.
            // <first>
            await using GuardCascade cascade = await GuardLoader.LoadCascadeAsync();
            GuardInput[] inputs =
            [
                new("How do I pick a strong password?"),
                new("How do I pick a strong password?", Response: "Take four random words, and let a password manager keep them."),
            ];
            foreach (Verdict verdict in await cascade.CheckAsync(inputs))
            {
                Console.WriteLine($"{(verdict.Unsafe ? "unsafe" : "safe")} {verdict.UnsafeProbability:F2} by {verdict.DecidedBy}");
            }
            // </first>
#pragma warning restore xUnit1051
        }
        finally
        {
            Console.SetOut(console);
        }

        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Matches("^safe 0\\.[0-4][0-9] by picket-(ngram|transformer)\r?$", line));
    }

    [Fact]
    public async Task CascadeExample_OfTheReadme_Builds()
    {
        IGuard small = await GuardLoader.LoadAsync(cancellationToken: TestContext.Current.CancellationToken);
        IGuard large = await GuardLoader.LoadAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var cascade =
            // <second>
            new GuardCascade(small, large, new EntropyRouter(0.5), new GuardCascadeOptions { LargeGuardFailure = LargeGuardFailure.UseSmallVerdict })
            // </second>
            ;

        Assert.Single(await cascade.CheckAsync([new GuardInput("Hello there.")], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public void Example_InTheReadme_IsTheOneThatIsCompiled(string name)
    {
        string readme = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "README.md"));
        string[] lines = File.ReadAllLines(Path.Combine(SharedFolder.RepositoryRoot, ThisFile));
        int start = Array.FindIndex(lines, line => line.Trim() == $"// <{name}>") + 1;
        int end = Array.FindIndex(lines, line => line.Trim() == $"// </{name}>");
        Assert.InRange(start, 1, end);

        string code = string.Join('\n', lines[start..end].Select(line => line.Length > 12 ? line[12..] : line.Trim()));

        Assert.Contains(code + "\n```", readme, StringComparison.Ordinal);
    }
}
