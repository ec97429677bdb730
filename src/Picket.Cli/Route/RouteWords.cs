using System.CommandLine;
using Spectre.Console;

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

    /// <summary>A table with one column of names, which is wide, and columns of numbers.</summary>
    public static Table Table(string title, int nameWidth, params ReadOnlySpan<string> heads)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(title)) };
        table.AddColumn(new TableColumn(heads[0]) { Width = nameWidth });
        foreach (string head in heads[1..])
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        return table;
    }

    public static string Name(string name, int width) => Markup.Escape(name.Length <= width ? name : name[..(width - 1)] + "…");

    public static string Figure(double? value) => value is { } figure ? $"{figure:0.000}" : "-";

    public static string Share(double? value) => value is { } share ? $"{100 * share:0.0} %" : "-";
}
