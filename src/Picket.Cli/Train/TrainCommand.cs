using System.CommandLine;

namespace Picket.Cli;

/// <summary><c>picket train</c>: one subcommand a kind of model.</summary>
internal static class TrainCommand
{
    public static Command Create(StandardStreams streams) =>
        new DocumentedCommand("train", "Trains a guard on labelled examples.") { NGramTrainCommand.Create(streams) };
}
