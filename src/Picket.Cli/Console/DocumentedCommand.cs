using System.CommandLine;

namespace Picket.Cli;

/// <summary>A command whose help ends with examples and exit statuses.</summary>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines, each with what it does.</summary>
    public IReadOnlyList<(string CommandLine, string Meaning)> Examples { get; init; } = [];

    /// <summary>Exit statuses, each with when it is given.</summary>
    public IReadOnlyList<(int Status, string Meaning)> ExitStatuses { get; init; } =
        [(ExitStatus.Success, "done"), (ExitStatus.Error, "an error, told on standard error")];
}
