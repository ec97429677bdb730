namespace Picket.Cli;

/// <summary>One value of a settings record: its key in a file, its option on the command line, and how it is read and replaced.</summary>
/// <param name="Key">The property in snake_case, behind the sections that it lies in: <c>training.learning_rate</c>.</param>
/// <param name="Type">The property's type, one of those that <see cref="SettingValue"/> knows.</param>
/// <param name="Get">The value.</param>
/// <param name="With">The record with another value.</param>
internal sealed record Setting<TRecord>(string Key, Type Type, Func<TRecord, object> Get, Func<TRecord, object, TRecord> With)
{
    /// <summary>The option that sets it, which settings may share; <see langword="null"/> when only a file does.</summary>
    public string? Option { get; init; }

    /// <summary>What help calls the option's value.</summary>
    public string HelpName { get; init; } = "N";

    /// <summary>What help says of the option.</summary>
    public string Description { get; init; } = "";

    /// <summary>The same setting, seen from the record that this one is nested in.</summary>
    public Setting<TOuter> Within<TOuter>(string section, Func<TOuter, TRecord> get, Func<TOuter, TRecord, TOuter> with) => new(
        $"{section}.{Key}", Type, outer => Get(get(outer)), (outer, value) => with(outer, With(get(outer), value)))
    {
        Option = Option,
        HelpName = HelpName,
        Description = Description,
    };
}

/// <summary>Makes settings, with the types inferred.</summary>
internal static class Setting
{
    public static Setting<TRecord> Of<TRecord, TValue>(
        string key,
        Func<TRecord, TValue> get,
        Func<TRecord, TValue, TRecord> with,
        string? option = null,
        string description = "",
        string helpName = "N")
        where TValue : notnull =>
        new(key, typeof(TValue), record => get(record), (record, value) => with(record, (TValue)value))
        {
            Option = option,
            HelpName = helpName,
            Description = description,
        };
}
