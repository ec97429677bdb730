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
            Write(output, "Exit status:", [.. command.ExitStatuses.Select(row => ($"{row.Status}", row.Meaning))]);
            Write(output, "Examples:", command.Examples);
        }

        return status;
    }

    private static void Write(TextWriter output, string title, IReadOnlyList<(string Left, string Right)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        output.WriteLine(title);
        int width = rows.Max(row => row.Left.Length);
        foreach ((string left, string right) in rows)
        {
            output.WriteLine($"  {left.PadRight(width)}  {right}");
        }

        output.WriteLine();
    }
}
