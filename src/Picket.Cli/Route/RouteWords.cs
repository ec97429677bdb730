using System.CommandLine;

namespace Picket.Cli;

/// <summary>Options that the steps of <c>picket route</c> share, and how their tables spell figures.</summary>
internal static class RouteWords
{
    public static Option<string[]> Files(string name, string description, bool required = true) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        Required = required,
        Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    /// <summary>What a step writes.</summary>
    public static Option<string> Out(string description) => new("--out") { Description = description, HelpName = "FILE", Required = true };

    public static Option<double> Real(string name, string help, string description, double value) =>
        new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => value };

    public static Option<double?> Real(string name, string help, string description) => new(name) { Description = description, HelpName = help };

    public static string Share(double? value) => value is { } share ? $"{100 * share:0.0} %" : "-";
}
