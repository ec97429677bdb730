using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;

namespace Picket.Cli;

/// <summary>Runs one command line from words to exit status; no exception leaves it.</summary>
internal static class CommandLineApp
{
    /// <summary>
    /// How words become options and arguments. A prompt may begin with @, which is no response file, and no option has one letter, so there is
    /// nothing to bundle.
    /// </summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public static async Task<int> RunAsync(
        string[] args, StandardStreams streams, IEnumerable<Command> commands, CancellationToken cancellationToken = default)
    {
        try
        {
            ParseResult line = Root(commands).Parse(args.Length == 0 ? ["--help"] : args, Parsing);
            if (line.Action is not { ClearsParseErrors: true } && UsageFaults.In(line) is [_, ..] faults)
            {
                return Refuse(streams, line, faults);
            }

            return await InvokeAsync(streams, line, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitStatus.Interrupted;
        }
        catch (Exception fault)
        {
            return Faults.Report(streams, fault);
        }
    }

    private static async Task<int> InvokeAsync(StandardStreams streams, ParseResult line, CancellationToken cancellationToken)
    {
        await using StreamWriter output = streams.OutputText();
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = streams.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await line.InvokeAsync(invocation, cancellationToken);
        }
        catch (UsageException usage)
        {
            return Refuse(streams, line, usage.Faults);
        }
    }

    // No RootCommand, which takes its name from whatever assembly the process started with.
    internal static Command Root(IEnumerable<Command> commands)
    {
        var help = new HelpOption { Description = "Show help." };
        help.Action = new DocumentedHelp((HelpAction)help.Action!);
        var root = new Command("picket", "A small, fast safety guard in front of language models.")
        {
            help,
            new VersionOption { Description = "Show the version.", Action = new PrintVersion() },
        };
        foreach (Command command in commands)
        {
            root.Add(command);
        }

        return root;
    }

    private static int Refuse(StandardStreams streams, ParseResult line, IReadOnlyList<string> faults)
    {
        foreach (string fault in faults)
        {
            Faults.Error(streams, fault);
        }

        string command = string.Join(' ', UsageFaults.Path(line.CommandResult).Reverse().Select(result => result.Command.Name));
        streams.Error.WriteLine($"{command} --help tells more");
        return ExitStatus.Error;
    }

    private sealed class PrintVersion : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            Assembly picket = typeof(CommandLineApp).Assembly;
            parseResult.InvocationConfiguration.Output.WriteLine(
                picket.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
            return ExitStatus.Success;
        }
    }
}
