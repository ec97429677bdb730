using System.CommandLine;

namespace Picket.Cli;

/// <summary><c>picket augment</c>: its help, and what it is run with.</summary>
internal static class AugmentCommand
{
    public static Command Create(StandardStreams streams, AugmentModelFactory findModels)
    {
        var command = new DocumentedCommand(
            "augment", "Makes more rows to learn from: language models write them (HarmAug), or seed rows are changed (eda, swap, identity-swap).")
        {
            Examples =
            [
                ("picket augment seeds.jsonl --generator http://127.0.0.1:8000 --refuser http://127.0.0.1:8001 --complier http://127.0.0.1:8002 "
                    + "--count 100000 --out more.jsonl.gz",
                    "three rows of each instruction, as in the paper; picket label gives them their labels"),
                ("picket augment seeds.jsonl --generator http://127.0.0.1:8000 --benign-share 0.5 --max-unsafe-share 0.5 "
                    + "--decontaminate test-a.csv test-b.jsonl --out more.jsonl",
                    "prompts alone, half of them harmless, none of them from the evaluation files"),
                ("picket augment seeds.jsonl --generator http://127.0.0.1:8080 --chat-template gemma --prefix-style template --out more.jsonl",
                    "a server whose chat service goes on with no prefix"),
                ("picket augment seeds.jsonl --strategy eda --out copies.jsonl", "copies with words changed"),
                ("picket augment seeds.jsonl --strategy swap --out swapped.jsonl", "responses behind other prompts"),
                ("picket augment seeds.jsonl --strategy identity-swap --copies 8 --no-seed-rows --out copies.jsonl",
                    "copies that name another group of people, so that no group says anything of the label"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "the rows are written"),
                (ExitStatus.Error, "an error, told on standard error; the answers are kept, and the same command continues"),
                (ExitStatus.Interrupted, "interrupted; the answers are kept, and the same command continues"),
            ],
        };
        AugmentWords.AddTo(command);
        command.SetAction((line, cancellationToken) =>
        {
            AugmentSettings settings = AugmentWords.Settings(line);
            UsageException.ThrowIfAny(settings.Faults());
            return new AugmentRun(settings, streams, line.InvocationConfiguration.Output, findModels).RunAsync(cancellationToken);
        });
        return command;
    }
}
