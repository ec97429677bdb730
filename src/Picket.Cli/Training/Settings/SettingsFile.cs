using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Picket.Cli;

/// <summary>One scalar of a settings file.</summary>
/// <param name="Key">Its key, behind those of the mappings around it, joined with dots.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Text">Its text.</param>
/// <param name="Quoted">Whether quotes make a text of it, whatever it looks like.</param>
internal sealed record SettingsEntry(string Key, long Line, string Text, bool Quoted);

/// <summary>Reads a YAML file of mappings and scalars, and keeps the line of each.</summary>
internal sealed class SettingsFile
{
    private const int MaxCharacters = 1 << 20;
    private readonly string _path;
    private readonly bool _lists;
    private readonly List<SettingsEntry> _entries = [];
    private readonly List<string> _sections = [];
    private readonly List<string> _faults = [];

    private SettingsFile(string path, bool lists) => (_path, _lists) = (path, lists);

    /// <summary>The scalars, in the file's order; of a key that comes twice, the first; of a list, each value under the list's key.</summary>
    public IReadOnlyList<SettingsEntry> Entries => _entries;

    /// <summary>The keys of mappings, empty ones too, as <see cref="SettingsEntry.Key"/> has them.</summary>
    public IReadOnlyList<string> Sections => _sections;

    /// <summary>What is wrong with the file apart from the values.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="depth">Mappings within each other at most.</param>
    /// <param name="lists">Whether a value may be a list of scalars.</param>
    /// <exception cref="PicketException">The file cannot be read, or is far too large for settings.</exception>
    public static SettingsFile Read(string path, int depth = 2, bool lists = false)
    {
        using var reader = new StreamReader(InputFile.OpenRead(path));
        char[] text = new char[MaxCharacters + 1];
        int length = reader.ReadBlock(text);
        if (length > MaxCharacters)
        {
            throw new PicketException($"{path}: expected settings of at most {MaxCharacters} characters, found more");
        }

        var file = new SettingsFile(path, lists);
        try
        {
            file.ReadDocument(new Parser(new StringReader(new string(text, 0, length))), depth);
        }
        catch (YamlException fault)
        {
            // The parser's own message may quote what it choked on.
            file._faults.Add(
                $"{path}, line {fault.Start.Line}: is no YAML from column {fault.Start.Column} on; expected lines such as learning_rate: 3.0e-05");
        }

        return file;
    }

    private void ReadDocument(Parser parser, int depth)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return;
        }

        parser.Consume<DocumentStart>();
        if (parser.TryConsume<MappingStart>(out _))
        {
            ReadMapping(parser, "", depth);
        }
        else if (parser.Accept<Scalar>(out Scalar? scalar) && scalar.Value.Length == 0)
        {
            parser.SkipThisAndNestedEvents();
        }
        else
        {
            Skip(parser, null, "expected keys with values");
        }

        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            Fault(second.Start.Line, null, "expected one document, found a second one");
        }
    }

    private void ReadMapping(Parser parser, string section, int depth)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out Scalar? name))
            {
                Skip(parser, null, "expected the name of a setting");
                parser.SkipThisAndNestedEvents();
                continue;
            }

            string key = section + name.Value;
            if (!seen.Add(name.Value))
            {
                Fault(name.Start.Line, key, "expected once, found a second time");
                parser.SkipThisAndNestedEvents();
            }
            else if (parser.TryConsume<Scalar>(out Scalar? value))
            {
                _entries.Add(new SettingsEntry(key, value.Start.Line, value.Value, value.Style != ScalarStyle.Plain));
            }
            else if (depth > 1 && parser.TryConsume<MappingStart>(out _))
            {
                _sections.Add(key);
                ReadMapping(parser, $"{key}.", depth - 1);
            }
            else if (_lists && parser.TryConsume<SequenceStart>(out _))
            {
                ReadList(parser, key);
            }
            else
            {
                Skip(parser, key, "expected one value");
            }
        }
    }

    private void ReadList(Parser parser, string key)
    {
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (parser.TryConsume<Scalar>(out Scalar? value))
            {
                _entries.Add(new SettingsEntry(key, value.Start.Line, value.Value, value.Style != ScalarStyle.Plain));
            }
            else
            {
                Skip(parser, key, "expected a list of single values");
            }
        }
    }

    private void Skip(Parser parser, string? key, string expected)
    {
        ParsingEvent found = parser.Current!;
        string what = found switch
        {
            SequenceStart => "a list",
            MappingStart => "keys with values",
            AnchorAlias => "an alias",
            _ => "a text",
        };
        Fault(found.Start.Line, key, $"{expected}, found {what}");
        parser.SkipThisAndNestedEvents();
    }

    private void Fault(long line, string? key, string problem) =>
        _faults.Add($"{_path}, line {line}{(key is null ? "" : $", key \"{SettingValue.Shown(key)}\"")}: {problem}");
}
