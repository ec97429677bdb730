using System.CommandLine;
using Picket.Server;

namespace Picket.Cli;

/// <summary><c>picket key</c>: makes an API key.</summary>
internal static class KeyCommand
{
    public static Command Create(StandardStreams streams)
    {
        var command = new DocumentedCommand("key", "Makes a random API key for picket serve, and the hash that its configuration keeps of it.")
        {
            Examples = [("picket key", "the key goes to the client, the hash to Picket:Keys:NAME:Hash")],
        };
        command.SetAction(async (_, _) =>
        {
            (string key, string hash) = PicketServer.CreateKey();
            await using StreamWriter output = streams.OutputText();
            await output.WriteAsync($"key   {key}\nhash  {hash}\n");
            return ExitStatus.Success;
        });
        return command;
    }
}
