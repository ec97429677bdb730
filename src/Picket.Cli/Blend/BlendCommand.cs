using System.CommandLine;
using Picket.Chat;
using Picket.Models.Blend;
using Picket.Training.Blending;

namespace Picket.Cli;

/// <summary><c>picket blend</c>: guards in, one guard with one score out.</summary>
internal static class BlendCommand
{
    private static readonly BlendOptions Defaults = new();

    private static readonly Argument<string[]> Guards = new("GUARD")
    {
        Description = "Bundles to blend, two or more; none of them a blend.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Data = new("--data")
    {
        Description = "Labelled rows to fit the weights on, in any format that eval reads. No member may have learned from them.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The new bundle's folder; it must not exist, or be empty.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "The guard's name.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Defaults.Name,
    };

    private static readonly Option<double?> HeldOutOnly = new("--held-out-only")
    {
        Description = "Take only the rows that a training with this held-out share, or a larger one, did not learn from (above 0 to 0.5), "
            + "so that --data may be the members' training data.",
        HelpName = "SHARE",
    };

    private static readonly Option<bool> Link = new("--link")
    {
        Description = "Leave the members where they are, beside --out, and name them by their relative path. Without it they are copied.",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Threads; 0 for one a core.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.Threads,
    };

    public static Command Create(StandardStreams streams)
    {
        var command = new DocumentedCommand("blend", "Blends guards into one: their calibrated logits, weighed and summed, are one score.")
        {
            Examples =
            [
                ("picket blend my-transformer my-ngram --data other.jsonl --out my-guard", "weights from rows that neither learned from"),
                ("picket blend my-transformer my-ngram --data train.jsonl --held-out-only 0.05 --out my-guard",
                    "from the rows that both trainings held out"),
                ("picket blend guards/a guards/b --link --data other.jsonl --out guards/ab", "a small bundle that needs its neighbours"),
                ("picket eval --guard my-guard my-ngram --data test.jsonl", "what it means for the figures"),
            ],
            ExitStatuses =
            [
                (ExitStatus.Success, "the bundle is written"),
                (ExitStatus.Error, "an error, told on standard error, or one guard alone is better than any blend; nothing is written"),
                (ExitStatus.Interrupted, "interrupted; nothing is written"),
            ],
        };
        command.Add(Guards);
        foreach (Option option in (Option[])[Data, Out, Name, HeldOutOnly, Link, Threads])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => RunAsync(line, streams, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, StandardStreams streams, CancellationToken cancellationToken)
    {
        var options = new BlendOptions
        {
            Name = line.GetRequiredValue(Name),
            HeldOutOnly = line.GetValue(HeldOutOnly),
            Link = line.GetValue(Link),
            Threads = line.GetValue(Threads),
        };
        string[] guards = line.GetRequiredValue(Guards);
        UsageException.ThrowIfAny([.. options.Faults().Select(static fault => $"--{fault.ToString().Replace('_', '-')}"), .. Faults(guards)]);
        string folder = line.GetRequiredValue(Out);
        BlendWriter.Check(folder, guards, options.Link);
        IReadOnlyList<TrainingFile> data = await TrainingFiles.ReadAsync(line.GetRequiredValue(Data), RowKind.Labelled, streams, cancellationToken);
        BlendResult result;
        using (var progress = new BlendBar(streams))
        {
            result = await Blender.RunAsync(
                guards, folder, options, [.. data.Select(static file => (file.Source, file.Rows))], progress, cancellationToken);
        }

        TextWriter output = line.InvocationConfiguration.Output;
        BlendCard card = NameApart(result.Card, guards);
        BlendTable.Write(EvalTable.ConsoleOn(output, streams), options.Name, card);
        if (!result.Written)
        {
            string found = card.Members.FirstOrDefault(static member => member.Weight > 0) is { } only
                ? $"only {only.Name}; use it alone"
                : "none; do the labels say what the guards were trained for?";
            throw new PicketException($"nothing is written: expected two guards or more with a weight above 0, found {found}");
        }

        await output.WriteLineAsync($"wrote {folder}");
        return ExitStatus.Success;
    }

    private static BlendCard NameApart(BlendCard card, string[] guards)
    {
        IReadOnlyList<string> names =
            EvalGuards.DistinctNames([.. card.Members.Zip(guards, static (member, guard) => (member.Name, guard))]);
        return card with { Members = [.. card.Members.Zip(names, static (member, name) => member with { Name = name })] };
    }

    private static IEnumerable<string> Faults(string[] guards)
    {
        if (guards.Length is < BlendSettings.LeastMembers or > BlendSettings.MostMembers)
        {
            yield return $"GUARD: expected {BlendSettings.LeastMembers} to {BlendSettings.MostMembers} bundles, found {guards.Length}";
        }

        foreach (string guard in guards.Where(RemoteGuards.IsAddress))
        {
            yield return $"GUARD: expected the folder of a bundle, found the address {guard}";
        }
    }
}
