using System.CommandLine;
using Picket.Server;

namespace Picket.Cli;

/// <summary><c>picket serve</c>: its words.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Urls = Words.Text(
        "--urls", "URLS",
        "Listen here, several addresses with semicolons between them. Without keys, only for this machine. "
            + "Default: http://127.0.0.1:8080.");

    private static readonly Option<string?> Configuration = Words.Text(
        "--config", "FILE", "Read the configuration from FILE. Default: appsettings.json in this folder, if there is one.");

    /// <summary>The command.</summary>
    /// <param name="serve">Serves until its token is cancelled.</param>
    public static Command Create(Func<ServerSetup, CancellationToken, Task> serve)
    {
        var command = new DocumentedCommand("serve", "Serves moderation over HTTP.")
        {
            ExitStatuses =
            [
                (ExitStatus.Success, "stopped by Ctrl+C or SIGTERM, the requests that ran were answered"),
                (ExitStatus.Error, "an error, told on standard error"),
            ],
            Examples =
            [
                ("picket serve", "the guards that come with Picket, for this machine alone"),
                ("picket serve --urls http://0.0.0.0:8080 --config picket.json", "for others, with the keys of picket.json"),
                ("Picket__Policies__default__Threshold=0.8 picket serve", "any setting by the environment"),
            ],
        };
        command.Add(Urls);
        command.Add(Configuration);
        command.SetAction(async (line, cancellationToken) =>
        {
            try
            {
                var setup = new ServerSetup { Urls = line.GetValue(Urls), ConfigurationFile = line.GetValue(Configuration) };
                await serve(setup, cancellationToken);
                return ExitStatus.Success;
            }
            catch (ConfigurationException fault)
            {
                throw new UsageException(fault.Faults);
            }
        });
        return command;
    }
}
