using System.CommandLine;

namespace Picket.Load;

/// <summary>The words of the command line.</summary>
internal static class LoadWords
{
    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "How long each run takes.",
        DefaultValueFactory = static _ => 10,
    };

    private static readonly Option<int> Connections = new("--connections")
    {
        Description = "Connections of a run at full load.",
        DefaultValueFactory = static _ => 32,
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "Runs of each kind, by turns; the median counts.",
        DefaultValueFactory = static _ => 3,
    };

    private static readonly Option<double> Minutes = new("--minutes")
    {
        Description = "How long the load lasts.",
        DefaultValueFactory = static _ => 10,
    };

    private static readonly Option<int> Requests = new("--requests")
    {
        Description = "Requests on each way.",
        DefaultValueFactory = static _ => 2000,
    };

    private static readonly Option<int> SlowConnections = new("--connections")
    {
        Description = "Connections that send a byte a second.",
        DefaultValueFactory = static _ => 10_000,
    };

    private static readonly Argument<string> Guard = new("GUARD") { Description = "A transformer's folder." };

    private static readonly Argument<string[]> Server = new("SERVER")
    {
        Description = "empty, upstream, or picket with KEY=VALUE of its configuration.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static RootCommand Command() => new("Loads Picket's server over loopback. Each measurement starts its servers as processes of their own.")
    {
        Measurement(
            "moderations", "n-gram tier: its rate beside an empty JSON endpoint's, and p99 at half of it", [Seconds, Connections, Rounds],
            (words, stop) => ModerationsLoad.RunAsync(Span(words), words.GetValue(Connections), words.GetValue(Rounds), stop)),
        Measurement(
            "transformer", "a transformer's rate behind the server beside the engine's alone", [Guard, Seconds, Connections],
            (words, stop) => TransformerLoad.RunAsync(words.GetValue(Guard)!, Span(words), words.GetValue(Connections), stop)),
        Measurement(
            "steady", "full load for long: memory, errors", [Minutes, Connections],
            (words, stop) => SteadyLoad.RunAsync(TimeSpan.FromMinutes(words.GetValue(Minutes)), words.GetValue(Connections), stop)),
        Measurement(
            "proxy", "what the proxy adds to a chat beyond its guard's time", [Requests],
            (words, stop) => ProxyLoad.RunAsync(words.GetValue(Requests), stop)),
        Measurement(
            "slow", "many connections that send a byte a second, and a client beside them", [SlowConnections, Seconds],
            (words, stop) => SlowLoad.RunAsync(words.GetValue(SlowConnections), Span(words), stop)),
        Serving(),
    };

    private static TimeSpan Span(ParseResult words) => TimeSpan.FromSeconds(words.GetValue(Seconds));

    private static Command Measurement(
        string name, string description, Symbol[] words, Func<ParseResult, CancellationToken, Task<Figures>> measure)
    {
        var command = new Command(name, description);
        foreach (Symbol word in words)
        {
            if (word is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)word);
            }
        }

        command.SetAction(async (line, stop) => (await measure(line, stop)).Print(name));
        return command;
    }

    private static Command Serving()
    {
        var command = new Command("serve", "prints an address and serves until standard input ends: for wrk, and for the other commands") { Server };
        command.SetAction((line, stop) => Servers.RunAsync(line.GetValue(Server)!, stop));
        return command;
    }
}
