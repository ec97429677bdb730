using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Picket.Cli;

/// <summary>The parser's own help, then the examples and exit statuses of a <see cref="DocumentedCommand"/>.</summary>
internal sealed class DocumentedHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int status = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand command)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Exit status:");
            foreach ((int exit, string meaning) in command.ExitStatuses)
            {
                output.WriteLine($"  {exit,-3}  {meaning}");
            }

            if (command.Examples.Count > 0)
            {
                output.WriteLine();
                output.WriteLine("Examples:");
            }

            foreach ((string line, string meaning) in command.Examples)
            {
                output.WriteLine($"  {line}");
                output.WriteLine($"      {meaning}");
            }
        }

        return status;
    }
}
