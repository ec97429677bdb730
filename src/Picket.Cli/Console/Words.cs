using System.CommandLine;
using Picket.Training;

namespace Picket.Cli;

/// <summary>Makes options, each of one of the shapes that the commands have.</summary>
internal static class Words
{
    /// <summary>An option that may be absent.</summary>
    public static Option<T> Optional<T>(string name, string help, string description) => new(name) { Description = description, HelpName = help };

    /// <summary>A text that may be absent.</summary>
    public static Option<string?> Text(string name, string help, string description) => Optional<string?>(name, help, description);

    /// <summary>A text that must be there.</summary>
    public static Option<string> Required(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help, Required = true };

    /// <summary>An option with a default.</summary>
    public static Option<T> Value<T>(string name, string help, string description, T value) =>
        new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => value };

    /// <summary>A whole number with a default.</summary>
    public static Option<int> Number(string name, string description, int value) => Value(name, "N", description, value);

    /// <summary>An option that takes several values, at least one where it is given.</summary>
    public static Option<string[]> Several(string name, string help, string description, bool required = false) => new(name)
    {
        Description = description,
        HelpName = help,
        Required = required,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>An option without a value.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>Faults of settings whose options have the settings' names.</summary>
    public static IEnumerable<string> FaultsOf(IEnumerable<SettingFault> faults) =>
        faults.Select(static fault => $"{fault with { Key = $"--{fault.Key.Replace('_', '-')}" }}");
}
