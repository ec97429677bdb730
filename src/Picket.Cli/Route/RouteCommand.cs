using System.CommandLine;

namespace Picket.Cli;

/// <summary><c>picket route</c>: one subcommand a step from two guards to a router between them.</summary>
internal static class RouteCommand
{
    public static Command Create(StandardStreams streams, GuardFactory loadGuard) =>
        new DocumentedCommand("route", "Makes the router between a small and a large guard: label, train, calibrate, eval.")
        {
            RouteLabelCommand.Create(streams, loadGuard),
            RouteTrainCommand.Create(streams),
            RouteCalibrateCommand.Create(streams),
            RouteEvalCommand.Create(streams, loadGuard),
        };
}
