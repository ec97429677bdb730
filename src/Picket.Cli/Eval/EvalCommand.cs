using System.CommandLine;
using System.CommandLine.Parsing;
using Picket.Evaluation;

namespace Picket.Cli;

/// <summary>Loads the guard of a bundle; <see langword="null"/> for the one that comes with Picket.</summary>
internal delegate ValueTask<IGuard> EvalGuardSource(string? directory, CancellationToken cancellationToken);

/// <summary><c>picket eval</c>: its words, and what they are run with.</summary>
internal static class EvalCommand
{
    private static readonly Option<string[]> Data = new("--data")
    {
        Description = "Labelled rows: files, or folders of them.",
        HelpName = "FILE",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> Guard = new("--guard")
    {
        Description = "The guards' bundles. Default: the guard that comes with Picket.",
        HelpName = "DIR",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Format = new("--format")
    {
        Description = "The format of every file. Default: told by the file.",
        HelpName = "NAME",
    };

    private static readonly Option<double?> Threshold = new("--threshold")
    {
        Description = "Unsafe from this probability on, in [0, 1]. Default: each guard's own.",
        HelpName = "T",
    };

    private static readonly Option<string?> Out = new("--out") { Description = "Write all figures to FILE as JSON.", HelpName = "FILE" };

    private static readonly Option<string?> Html = new("--html") { Description = "Write a page with the plots to FILE.", HelpName = "FILE" };

    private static readonly Option<int> Resamples = new("--resamples")
    {
        Description = "Bootstrap resamples behind each 95 % interval; 0 makes none.",
        HelpName = "N",
        DefaultValueFactory = _ => new EvaluationOptions().Resamples,
    };

    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "Seed of the bootstrap. Equal seeds give equal intervals.",
        HelpName = "N",
        DefaultValueFactory = _ => new EvaluationOptions().Seed,
    };

    private static readonly Option<int> Batch = new("--batch")
    {
        Description = "Rows scored in one call.",
        HelpName = "N",
        DefaultValueFactory = _ => new EvaluationOptions().BatchSize,
    };

    /// <summary>The command, with the guards of <c>Picket.Models</c>.</summary>
    public static Command Create() => Create(EvalGuards.LoadAsync);

    /// <summary>The command, with the guards of <paramref name="loadGuard"/>.</summary>
    public static Command Create(EvalGuardSource loadGuard)
    {
        var command = new Command("eval", "Measures guards on labelled data: figures with intervals, a report and its page.");
        foreach (Option option in new Option[] { Data, Guard, Format, Threshold, Out, Html, Resamples, Seed, Batch })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(Data) is { Tokens.Count: > 0 } && Numbers.All(option => IsSound(result, option)))
            {
                foreach (string fault in Settings(result).Faults())
                {
                    result.AddError(fault);
                }
            }
        });
        command.SetAction(async (line, cancellationToken) =>
        {
            var run = new EvalRun(
                Settings(line.CommandResult), loadGuard, line.InvocationConfiguration.Output, line.InvocationConfiguration.Error, TimeProvider.System);
            await run.RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }

    private static IReadOnlyList<Option> Numbers => [Threshold, Resamples, Seed, Batch];

    // A number that did not parse has its own message, and reading its value would throw.
    private static bool IsSound(CommandResult words, Option option) => words.GetResult(option) is not { } result || !result.Errors.Any();

    private static EvalSettings Settings(CommandResult words) => new()
    {
        Data = words.GetValue(Data) ?? [],
        Guards = words.GetValue(Guard) ?? [],
        Format = words.GetValue(Format),
        JsonPath = words.GetValue(Out),
        HtmlPath = words.GetValue(Html),
        Evaluation = new EvaluationOptions
        {
            Threshold = words.GetValue(Threshold),
            Resamples = words.GetValue(Resamples),
            Seed = words.GetValue(Seed),
            BatchSize = words.GetValue(Batch),
        },
    };
}
