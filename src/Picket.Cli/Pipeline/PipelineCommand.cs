using System.CommandLine;

namespace Picket.Cli;

/// <summary><c>picket pipeline</c>: its words, and what they are run with.</summary>
internal static class PipelineCommand
{
    private static readonly Argument<string> File = new("RECIPE") { Description = "The recipe, a YAML file." };

    private static readonly Option<bool> DryRun = Words.Switch(
        "--dry-run", "Check the recipe, say what is there and what would be done, and do nothing.");

    public static Command Create(PipelineServices services)
    {
        var command = new DocumentedCommand(
            "pipeline", "Runs augment, label, distil and eval as one recipe says, and goes on where it stopped.")
        {
            Examples =
            [
                ("picket pipeline samples/pipeline/offline.yaml", "a small guard from the rows of samples/training; docs/harmaug.md explains it"),
                ("picket pipeline samples/pipeline/harmaug.yaml --dry-run", "is the paper's recipe complete, and what is done of it?"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "every stage is done and the report is written"),
                (ExitStatus.Error, "an error, told on standard error; the same command goes on"),
                (ExitStatus.Interrupted, "interrupted; the same command goes on"),
            ],
        };
        command.Add(File);
        command.Add(DryRun);
        command.SetAction((line, cancellationToken) =>
        {
            var faults = new List<string>();
            Recipe recipe = RecipeReader.Read(line.GetRequiredValue(File), services, faults);
            UsageException.ThrowIfAny(faults);
            var run = new PipelineRun(recipe, services, line.InvocationConfiguration.Output);
            return line.GetValue(DryRun) ? run.TellAsync(cancellationToken) : run.RunAsync(cancellationToken);
        });
        return command;
    }
}
