using System.CommandLine;

namespace Picket.Cli;

/// <summary><c>picket route</c>: one subcommand a step from two guards to a router between them.</summary>
internal static class RouteCommand
{
    public static Command Create(StandardStreams streams, GuardFactory loadGuard) =>
        new DocumentedCommand("route", "Makes the router between a small and a large guard: label, paraphrase, train, calibrate, eval.")
        {
            RouteLabelCommand.Create(streams, loadGuard),
            RouteParaphraseCommand.Create(streams),
            RouteTrainCommand.Create(streams, loadGuard),
            RouteCalibrateCommand.Create(streams),
            RouteEvalCommand.Create(streams, loadGuard),
        };
}
