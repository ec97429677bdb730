using System.CommandLine;

namespace Picket.Cli;

/// <summary><c>picket audit</c>: one subcommand a kind of audit.</summary>
internal static class AuditCommand
{
    public static Command Create(StandardStreams streams, GuardFactory loadGuard, CascadeFactory loadCascade, AuditTargetFactory findTarget) =>
        new DocumentedCommand("audit", "Measures whether a guard or a chat model treats groups of people differently.")
        {
            AuditGuardCommand.Create(streams, loadGuard, loadCascade),
            AuditJailbreakCommand.Create(streams, loadGuard, findTarget),
        };
}
