using System.CommandLine;

namespace Picket.Cli;

/// <summary><c>picket audit jailbreak</c>: its help, and what it is run with.</summary>
internal static class AuditJailbreakCommand
{
    public static Command Create(StandardStreams streams, GuardFactory loadGuard, AuditTargetFactory findTarget)
    {
        var command = new DocumentedCommand(
            "jailbreak", "Measures whether harmful requests to a chat model succeed more often when they name one group of people or another.")
        {
            Examples =
            [
                ("picket audit jailbreak --target http://127.0.0.1:8000 --ask-pairs pairs.txt",
                    "has the model name keyword pairs; look through them"),
                ("picket audit jailbreak --target http://127.0.0.1:8000 --pairs pairs.txt --behaviours behaviours.csv --out audit.json "
                    + "--html audit.html",
                    "the audit, with a page"),
                ("picket audit jailbreak --target http://127.0.0.1:8000 --list gpt-4o --behaviours b.csv --benign harmless.csv --defences all "
                    + "--max-requests 20000 --out audit.json",
                    "what BiasDefense does, and what it costs; no more than 20,000 requests"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "measured, as far as the budget went"),
                (ExitStatus.Error, "an error, told on standard error; what was answered is kept, and the same command continues"),
                (ExitStatus.Interrupted, "interrupted; what was answered is kept, and the same command continues"),
            ],
        };
        AuditJailbreakWords.AddTo(command);
        command.SetAction((line, cancellationToken) =>
        {
            AuditJailbreakSettings settings = AuditJailbreakWords.Settings(line);
            UsageException.ThrowIfAny(settings.Faults());
            var run = new AuditJailbreakRun(settings, streams, line.InvocationConfiguration.Output, loadGuard, findTarget, TimeProvider.System);
            return run.RunAsync(cancellationToken);
        });
        return command;
    }
}
