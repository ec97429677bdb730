using System.CommandLine;
using System.CommandLine.Parsing;

namespace Picket.Cli;

/// <summary>
/// What is wrong with a command line. The parser takes an option it does not know for an argument, so that a misspelt option
/// of <c>check</c> would be scored as text; here it is a fault, with the nearest option named.
/// </summary>
internal static class UsageFaults
{
    /// <summary>One line a fault; none when the command line can be run.</summary>
    public static IReadOnlyList<string> In(ParseResult result)
    {
        if (UnknownOptions(result) is [_, ..] unknown)
        {
            return unknown;
        }

        Command command = result.CommandResult.Command;
        if (result.UnmatchedTokens is not [string surplus, ..])
        {
            return result.Errors.Count > 0 && command.Subcommands.Count > 0
                ? [$"expected a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}"]
                : [.. result.Errors.Select(error => error.Message)];
        }

        if (command.Subcommands.Count > 0)
        {
            return [Unknown("command", surplus, command.Subcommands.Select(sub => sub.Name), "")];
        }

        // The surplus may be the rest of an unquoted prompt, which no message repeats.
        int most = command.Arguments.Sum(argument => argument.Arity.MaximumNumberOfValues);
        string arguments = most == 1 ? "argument" : "arguments";
        return [$"expected at most {most} {arguments}, found {most + result.UnmatchedTokens.Count}; put a text with spaces in quotes"];
    }

    /// <summary>The command and what it is a part of, the innermost first.</summary>
    public static IEnumerable<CommandResult> Path(CommandResult innermost)
    {
        for (CommandResult? result = innermost; result is not null; result = result.Parent as CommandResult)
        {
            yield return result;
        }
    }

    private static List<string> UnknownOptions(ParseResult result)
    {
        CommandResult command = result.CommandResult;

        // An option of several values takes a misspelt option for one more of them.
        List<Token> ofOptions = [.. command.Children.OfType<OptionResult>()
            .Where(option => !option.Option.AllowMultipleArgumentsPerToken)
            .SelectMany(option => option.Tokens)];
        string otherwise = command.Command.Arguments.Count > 0 ? "; text that starts with a dash goes after --" : "";
        return [.. result.Tokens
            .TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument && !ofOptions.Exists(value => ReferenceEquals(value, token)))
            .Select(token => token.Value.Split('=', 2)[0])
            .Where(LooksLikeOption)
            .Select(name => Unknown("option", name, OptionsOf(command), otherwise))];
    }

    private static bool LooksLikeOption(string word) =>
        word.Length > 1 && word[0] == '-'
        && char.IsAsciiLetter(word.AsSpan().TrimStart('-') is [char first, ..] ? first : '-')
        && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static IEnumerable<string> OptionsOf(CommandResult command) =>
        Path(command)
            .SelectMany(result => result.Command.Options.Where(option => !option.Hidden && (option.Recursive || result == command)))
            .Select(option => option.Name);

    private static string Unknown(string what, string word, IEnumerable<string> known, string otherwise) =>
        $"unknown {what} {word}{(Spelling.Nearest(word, known) is { } near ? $"; did you mean {near}?" : otherwise)}";
}
