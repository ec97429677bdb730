using System.Globalization;
using System.Text;

namespace Picket.Training.Augmentation;

/// <summary>One part of speech of a WordNet database: lemmas, synsets and how inflected forms lead to lemmas.</summary>
internal sealed class WordNetPart
{
    // The table "Rules of Detachment" of morphy(7WN).
    private static readonly Dictionary<string, (string Suffix, string Ending)[]> Detachments = new()
    {
        ["noun"] =
        [
            ("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y"),
        ],
        ["verb"] = [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")],
        ["adj"] = [("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
        ["adv"] = [],
    };

    private readonly string _dataPath;
    private readonly byte[] _data;
    private readonly Dictionary<string, int[]> _offsets;
    private readonly Dictionary<string, string[]> _exceptions;
    private readonly (string Suffix, string Ending)[] _detachments;

    private WordNetPart(string folder, string name)
    {
        _dataPath = Path.Combine(folder, $"data.{name}");
        _data = Read(_dataPath, File.ReadAllBytes);
        _offsets = ReadIndex(Path.Combine(folder, $"index.{name}"));
        string exceptions = Path.Combine(folder, $"{name}.exc");
        _exceptions = File.Exists(exceptions) ? ReadExceptions(exceptions) : [];
        _detachments = Detachments[name];
    }

    /// <summary>The parts as the files' names have them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["noun", "verb", "adj", "adv"];

    public static WordNetPart Read(string folder, string name) => new(folder, name);

    /// <summary>The lemmas that a word is a form of: itself, then those of the exception list or else of the rules; none that is unknown.</summary>
    public IEnumerable<string> FormsOf(string word)
    {
        IEnumerable<string> bases = _exceptions.TryGetValue(word, out string[]? exceptions)
            ? exceptions
            : _detachments.Where(rule => word.Length > rule.Suffix.Length && word.EndsWith(rule.Suffix, StringComparison.Ordinal))
                .Select(rule => word[..^rule.Suffix.Length] + rule.Ending);
        return bases.Prepend(word).Distinct().Where(_offsets.ContainsKey);
    }

    /// <summary>The words of all synsets of a lemma, with underscores where they have spaces.</summary>
    public IEnumerable<string> MembersOf(string lemma) => _offsets[lemma].SelectMany(SynsetAt);

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: expected a file of a WordNet database: {fault.Message}", fault);
        }
    }

    // lemma pos synset_cnt p_cnt [ptr_symbol...] sense_cnt tagsense_cnt synset_offset [synset_offset...]
    private static Dictionary<string, int[]> ReadIndex(string path)
    {
        var offsets = new Dictionary<string, int[]>();
        int number = 0;
        foreach (string line in Read(path, File.ReadAllLines))
        {
            number++;
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                continue;
            }

            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 7 || !int.TryParse(fields[2], out int synsets) || !int.TryParse(fields[3], out int pointers)
                || synsets < 1 || pointers < 0 || fields.Length != 6L + pointers + synsets)
            {
                throw new PicketException(
                    $"{path}:{number}: expected 'lemma pos synset_cnt p_cnt [ptr_symbol...] sense_cnt tagsense_cnt synset_offset...', "
                    + $"found {fields.Length} fields that are not that");
            }

            offsets[fields[0]] = [.. fields.TakeLast(synsets).Select(field => int.TryParse(field, out int offset)
                ? offset
                : throw new PicketException($"{path}:{number}: expected a synset_offset, found something else"))];
        }

        return offsets;
    }

    private static Dictionary<string, string[]> ReadExceptions(string path)
    {
        var exceptions = new Dictionary<string, string[]>();
        foreach (string line in Read(path, File.ReadAllLines))
        {
            string[] forms = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (forms.Length > 1)
            {
                exceptions[forms[0]] = [.. exceptions.GetValueOrDefault(forms[0], []), .. forms[1..]];
            }
        }

        return exceptions;
    }

    // synset_offset lex_filenum ss_type w_cnt word lex_id [word lex_id...] ...
    private IEnumerable<string> SynsetAt(int offset)
    {
        int length = offset >= 0 && offset < _data.Length ? _data.AsSpan(offset).IndexOf((byte)'\n') : -1;
        string[] fields = length < 0 ? [] : Encoding.ASCII.GetString(_data, offset, length).Split(' ');
        if (fields.Length < 6 || !int.TryParse(fields[0], out int found) || found != offset
            || !int.TryParse(fields[3], NumberStyles.HexNumber, null, out int words) || words < 1 || fields.Length < 4 + (2 * words))
        {
            throw new PicketException($"{_dataPath}: expected a synset at byte {offset}, found none: data and index are not of one database");
        }

        // An adjective may have a marker of its place behind it: "galore(ip)".
        return Enumerable.Range(0, words).Select(i => fields[4 + (2 * i)]).Select(static word => word.Split('(')[0]);
    }
}
