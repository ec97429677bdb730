using System.CommandLine;
using System.CommandLine.Parsing;
using Picket.Training;

namespace Picket.Cli;

/// <summary>
/// Makes a settings record of the defaults, a file and options, the later before the earlier, and says every fault where it was written.
/// </summary>
/// <param name="settings">All settings of the record.</param>
/// <param name="defaults">The record where nothing is said.</param>
/// <param name="faultsOf">The faults of a record.</param>
internal sealed class SettingsReader<TRecord>(
    IReadOnlyList<Setting<TRecord>> settings, TRecord defaults, Func<TRecord, IReadOnlyList<SettingFault>> faultsOf)
{
    private readonly Option<string?>[] _options =
    [
        .. settings.Where(static setting => setting.Option is not null)
            .DistinctBy(static setting => setting.Option)
            .Select(setting => OptionOf(setting, SettingValue.Format(setting.Get(defaults)))),
    ];

    /// <summary>The file to read.</summary>
    private Option<string?> File { get; } = Words.Text(
        "--settings", "FILE", "Settings in YAML, as --print-settings writes them. Options override it.");

    /// <summary>Everything that a command takes for settings, in the order in which help shows it.</summary>
    public IEnumerable<Option> Options => [File, .. _options];

    /// <summary>What the words of <paramref name="line"/> come to.</summary>
    /// <param name="line">The words.</param>
    /// <param name="optional">Keys whose values may be missing.</param>
    /// <param name="faults">Takes what is wrong, one line each.</param>
    /// <exception cref="PicketException">The file cannot be read.</exception>
    public TRecord Read(ParseResult line, IReadOnlyCollection<string> optional, ICollection<string> faults)
    {
        TRecord record = defaults;
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        if (line.GetValue(File) is { } path)
        {
            var file = SettingsFile.Read(path);
            foreach (string fault in file.Faults)
            {
                faults.Add(fault);
            }

            record = ReadEntries(file.Entries, entry => PlaceOf(path, entry), record, places, faults);
        }

        foreach (Option<string?> option in _options.Where(option => line.GetResult(option) is { Implicit: false }))
        {
            foreach (Setting<TRecord> setting in settings.Where(setting => setting.Option == option.Name))
            {
                record = Set(setting, record, line.GetValue(option) ?? "true", option.Name, faults);
                places[setting.Key] = option.Name;
            }
        }

        AddFaults(
            record, optional, key => places.GetValueOrDefault(key) ?? settings.First(setting => setting.Key == key).Option ?? key, faults);
        return record;
    }

    /// <summary>What entries of a file come to that holds more than these settings.</summary>
    /// <param name="entries">The entries, under the settings' own keys.</param>
    /// <param name="placeOf">Where an entry stands, for faults.</param>
    /// <param name="missing">Where the setting of a key would stand that is not there.</param>
    /// <param name="faults">Takes what is wrong, one line each.</param>
    public TRecord Read(
        IEnumerable<SettingsEntry> entries, Func<SettingsEntry, string> placeOf, Func<string, string> missing, ICollection<string> faults)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        TRecord record = ReadEntries(entries, placeOf, defaults, places, faults);
        AddFaults(record, [], key => places.GetValueOrDefault(key) ?? missing(key), faults);
        return record;
    }

    private static Option<string?> OptionOf(Setting<TRecord> setting, string value) => new(setting.Option!)
    {
        Description = setting.Description,
        HelpName = setting.Type == typeof(bool) ? "true|false" : setting.HelpName,
        Arity = setting.Type == typeof(bool) ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,

        // A switch that is named without a value is on.
        DefaultValueFactory = value.Length == 0
            ? null
            : (Func<ArgumentResult, string?>)(result => result.Parent is OptionResult { Implicit: false } ? "true" : value),
    };

    private static TRecord Set(Setting<TRecord> setting, TRecord record, string text, string place, ICollection<string> faults)
    {
        if (SettingValue.Parse(setting.Type, text) is { } value)
        {
            return setting.With(record, value);
        }

        string fault = $"{place}: expected {SettingValue.Expected(setting.Type)}, found {SettingValue.Shown(text)}";
        if (!faults.Contains(fault))
        {
            faults.Add(fault);
        }

        return record;
    }

    private static string PlaceOf(string path, SettingsEntry entry) => $"{path}, line {entry.Line}, key \"{SettingValue.Shown(entry.Key)}\"";

    private void AddFaults(TRecord record, IReadOnlyCollection<string> optional, Func<string, string> placeOf, ICollection<string> faults)
    {
        // One option may set two settings, and is wrong once.
        foreach (string fault in faultsOf(record)
            .Where(fault => fault.Found != "none" || !optional.Contains(fault.Key))
            .Select(fault => $"{placeOf(fault.Key)}: expected {fault.Expected}, found {fault.Found}")
            .Distinct(StringComparer.Ordinal))
        {
            faults.Add(fault);
        }
    }

    private TRecord ReadEntries(
        IEnumerable<SettingsEntry> entries,
        Func<SettingsEntry, string> placeOf,
        TRecord record,
        Dictionary<string, string> places,
        ICollection<string> faults)
    {
        foreach (SettingsEntry entry in entries)
        {
            string place = placeOf(entry);
            if (settings.FirstOrDefault(setting => setting.Key == entry.Key) is not { } setting)
            {
                faults.Add(SettingNames.Unknown(entry.Key, [.. settings.Select(static known => known.Key)]) is { } near
                    ? $"{place}: is not known; did you mean {near}?"
                    : $"{place}: is not known; --print-settings shows those that are");
            }
            else if (entry.Quoted && setting.Type != typeof(string))
            {
                faults.Add($"{place}: expected {SettingValue.Expected(setting.Type)}, found a text in quotes");
            }
            else
            {
                record = Set(setting, record, entry.Text, place, faults);
                places[setting.Key] = place;
            }
        }

        return record;
    }
}
