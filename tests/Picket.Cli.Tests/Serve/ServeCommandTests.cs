using Picket.Server;

namespace Picket.Cli.Tests;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Serve_WithWords_HandsThemOn()
    {
        ServerSetup? seen = null;

        (int status, _) = await RunAsync((setup, _) =>
        {
            seen = setup;
            return Task.CompletedTask;
        });

        Assert.Equal((0, "http://localhost:9", "p.json"), (status, seen!.Urls, seen.ConfigurationFile));
    }

    [Fact]
    public async Task Serve_FaultsOfTheConfiguration_AreALineEach()
    {
        (int status, string error) = await RunAsync((_, _) => throw new ConfigurationException(["Picket:A: wrong", "Picket:B: wrong"]));

        Assert.Equal(2, status);
        Assert.Equal("picket: error: Picket:A: wrong\npicket: error: Picket:B: wrong\npicket serve --help tells more\n", error);
    }

    [Fact]
    public async Task Key_Printed_IsARandomKeyWithItsHash()
    {
        using var output = new MemoryStream();
        var streams = new StandardStreams(Stream.Null, output, new StringWriter());

        await CommandLineApp.RunAsync(["key"], streams, [KeyCommand.Create(streams)], TestContext.Current.CancellationToken);

        Assert.Matches("^key   pk-[0-9a-f]{64}\nhash  [0-9a-f]{64}\n$", System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    private static async Task<(int Status, string Error)> RunAsync(Func<ServerSetup, CancellationToken, Task> serve)
    {
        var error = new StringWriter();
        int status = await CommandLineApp.RunAsync(
            ["serve", "--urls", "http://localhost:9", "--config", "p.json"],
            new StandardStreams(Stream.Null, Stream.Null, error),
            [ServeCommand.Create(serve)],
            TestContext.Current.CancellationToken);
        return (status, error.ToString());
    }
}
