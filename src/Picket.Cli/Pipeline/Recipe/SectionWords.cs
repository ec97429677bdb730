using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Picket.Cli;

/// <summary>
/// Reads a section whose keys are the options of a command: <c>benign_share: 0.5</c> is <c>--benign-share 0.5</c>, a switch is true or false,
/// and an option of several values may be a list.
/// </summary>
/// <param name="section">The section.</param>
/// <param name="command">The command.</param>
/// <param name="given">Options that the pipeline sets itself, which are no keys.</param>
internal sealed class SectionWords(RecipeSection section, Command command, params string[] given)
{
    private readonly Option[] _options = [.. command.Options.Where(option => option is not HelpOption && !given.Contains(option.Name))];
    private readonly SettingsEntry[] _entries = [.. section.Left];

    /// <summary>What the section comes to as a command line.</summary>
    /// <param name="more">Words that the pipeline adds.</param>
    /// <param name="faults">Takes what is wrong, each with its place.</param>
    public ParseResult Parse(IEnumerable<string> more, ICollection<string> faults)
    {
        var words = new List<string>();
        foreach (IGrouping<string, SettingsEntry> values in _entries.GroupBy(static entry => entry.Key))
        {
            SettingsEntry first = values.First();
            if (Array.Find(_options, option => KeyOf(option) == values.Key) is not { } option)
            {
                string meant = Spelling.Nearest(values.Key, _options.Select(KeyOf)) is { } near ? $"did you mean {near}?" : HelpHint;
                faults.Add($"{section.Place(first)}: is not known; {meant}");
            }
            else if (values.Count() > option.Arity.MaximumNumberOfValues && option.Arity.MaximumNumberOfValues > 0)
            {
                faults.Add($"{section.Place(first)}: expected one value, found a list");
            }
            else if (option.Arity.MaximumNumberOfValues > 0)
            {
                words.AddRange(values.Select(value => $"{option.Name}={value.Text}"));
            }
            else if (!bool.TryParse(first.Text, out bool on))
            {
                faults.Add($"{section.Place(first)}: expected true or false, found {SettingValue.Shown(first.Text)}");
            }
            else if (on)
            {
                words.Add(option.Name);
            }
        }

        ParseResult line = command.Parse([.. words, .. more], CommandLineApp.Parsing);
        foreach (ParseError error in line.Errors)
        {
            string message = string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            faults.Add(Located(message, (error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult)?.Option.Name));
        }

        return line;
    }

    /// <summary>A fault of the command with the place in the recipe in place of the option.</summary>
    /// <param name="fault">The fault, which begins with its option where it has one.</param>
    /// <param name="option">The option where the fault does not begin with it.</param>
    public string Located(string fault, string? option = null)
    {
        string[] sides = fault.Split(": ", 2);
        bool begins = Array.Exists(_options, known => known.Name == sides[0]);
        string? name = begins ? sides[0] : option;
        SettingsEntry? at = Array.Find(_entries, entry => Array.Find(_options, known => KeyOf(known) == entry.Key)?.Name == name);
        return at is null || name is null ? $"{section.Here}: {fault}" : $"{section.Place(at)}: {(begins ? sides[1] : fault)}";
    }

    /// <summary>The values that differ from the defaults, by key.</summary>
    /// <param name="line">What <see cref="Parse"/> gave.</param>
    /// <param name="without">Keys of what changes how the work is done and nothing of its result.</param>
    public IEnumerable<(string Key, string Value)> Values(ParseResult line, params string[] without) =>
        from option in _options
        where !without.Contains(KeyOf(option)) && line.GetResult(option) is { Implicit: false }
        let tokens = line.GetResult(option)!.Tokens
        let value = tokens.Count == 0 ? "true" : string.Join(", ", tokens.Select(static token => token.Value))
        where !option.HasDefaultValue || value != $"{option.GetDefaultValue()}"
        select (KeyOf(option), value);

    private string HelpHint => $"picket {command.Name} --help has them, without dashes in front and with _ for - within";

    private static string KeyOf(Option option) => option.Name.TrimStart('-').Replace('-', '_');
}
