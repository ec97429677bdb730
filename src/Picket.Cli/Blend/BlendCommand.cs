using System.CommandLine;
using Picket.Chat;
using Picket.Models.Blend;
using Picket.Training.Blending;

namespace Picket.Cli;

/// <summary><c>picket blend</c>: guards in, one guard with one score out.</summary>
internal static class BlendCommand
{
    private static readonly Argument<string[]> Guards = new("GUARD")
    {
        Description = "Bundles to blend, two or more; none of them a blend.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly CombinationWords<BlendOptions> Shared = new(
        new BlendOptions(), "members",
        "Labelled rows to fit the weights on, in any format that eval reads. No member may have learned from them.");

    private static readonly Option<bool> Link = Words.Switch(
        "--link", "Leave the members where they are, beside --out, and name them by their relative path. Without it they are copied.");

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
        foreach (Option option in (Option[])[.. Shared.All, Link])
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => RunAsync(line, streams, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, StandardStreams streams, CancellationToken cancellationToken)
    {
        BlendOptions options = Shared.Options(line) with { Link = line.GetValue(Link) };
        string[] guards = line.GetRequiredValue(Guards);
        UsageException.ThrowIfAny([.. Shared.Faults(line), .. Faults(guards)]);
        string folder = line.GetRequiredValue(Shared.Out);
        BlendWriter.Check(folder, guards, options.Link);
        IReadOnlyList<TrainingFile> data = await TrainingFiles.ReadAsync(line.GetRequiredValue(Shared.Data), RowKind.Labelled, streams, cancellationToken);
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
