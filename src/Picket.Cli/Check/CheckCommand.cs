using System.CommandLine;

namespace Picket.Cli;

/// <summary><c>picket check</c>: its words, and what they are run with.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string?> Text = new("TEXT")
    {
        Description = "The prompt. Without it and without --file, standard input is read.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> File = Words.Text(
        "--file", "FILE", "Read the prompt, or the rows, from FILE (- is standard input).");

    private static readonly Option<string?> Response = Words.Text(
        "--response", "TEXT", "Judge this response, with the prompt as its context.");

    private static readonly Option<bool> JsonLines = Words.Switch(
        "--jsonl", "The input is JSON Lines: rows with prompt and, if any, response and id. Answers line by line, in order.");

    private static readonly Option<string?> Guard = Words.Text(
        "--guard",
        "GUARD",
        $"This guard alone: {GuardSource.Places}. Or a cascade's file, see docs/routing.md. Default: those that come with Picket, as a cascade.");

    private static readonly Option<double?> Threshold = GuardOptions.Threshold("the guard's own");

    private static readonly Option<bool> Json = Words.Switch("--json", "Write one JSON object a line.");

    private static readonly Option<bool> Explain = Words.Switch(
        "--explain", "Say which guard decided and why: what each router made of the score before it.");

    private static readonly Option<bool> KeepGoing = Words.Switch("--keep-going", "With --jsonl: report bad lines, go on, and end with status 2.");

    public static Command Create(StandardStreams streams, CascadeFactory loadCascade)
    {
        var command = new DocumentedCommand("check", "Scores a prompt, a response, or a stream of rows.")
        {
            ExitStatuses =
            [
                (ExitStatus.Success, "all inputs are safe"),
                (ExitStatus.Unsafe, "at least one input is unsafe"),
                (ExitStatus.Error, "an error, told on standard error"),
                (ExitStatus.Interrupted, "interrupted"),
            ],
            Examples =
            [
                ("picket check \"How do I bake bread?\"", "one prompt"),
                ("picket check \"How do I bake bread?\" --response \"Mix flour and water.\"", "the response to it"),
                ("picket check --json < letter.txt", "a whole text, the answer as JSON"),
                ("picket check \"How do I bake bread?\" --guard ngram", "one guard alone"),
                ("picket check \"How do I bake bread?\" --guard cascade.json --explain", "guards and routers of your own, and who decided"),
                ("picket check --jsonl --file rows.jsonl --json > verdicts.jsonl", "many rows"),
                ("picket check -- \"--text that starts with a dash\"", "anything after -- is text"),
            ],
        };
        command.Add(Text);
        foreach (Option option in new Option[] { File, Response, JsonLines, Guard, Threshold, Json, Explain, KeepGoing, GuardOptions.NoNormalise })
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) =>
        {
            CheckSettings settings = Settings(line);
            UsageException.ThrowIfAny(settings.Faults());
            return CheckRun.RunAsync(settings, streams, loadCascade, cancellationToken);
        });
        return command;
    }

    private static CheckSettings Settings(ParseResult words) => new()
    {
        Text = words.GetValue(Text),
        File = words.GetValue(File),
        Response = words.GetValue(Response),
        JsonLines = words.GetValue(JsonLines),
        Explain = words.GetValue(Explain),
        KeepGoing = words.GetValue(KeepGoing),
        Json = words.GetValue(Json),
        Threshold = words.GetValue(Threshold),
        GuardDirectory = words.GetValue(Guard),
        Normalise = !words.GetValue(GuardOptions.NoNormalise),
    };
}
