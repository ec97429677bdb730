using Picket.Compute;
using Picket.Data;
using Picket.Evaluation;
using Picket.Models;
using Picket.Models.Blend;
using Picket.Models.Bundles;
using Picket.Training.NGram;

namespace Picket.Training.Blending;

/// <summary>Makes one guard of several: all score labelled rows, the weights are fitted, and the bundle is written.</summary>
public static class Blender
{
    private const int BlockRows = 256;

    /// <summary>Blends guards.</summary>
    /// <param name="guards">The folders of the members, at least two.</param>
    /// <param name="folder">The blend's; absent or empty.</param>
    /// <param name="options">Settings.</param>
    /// <param name="data">Labelled rows by file.</param>
    /// <param name="progress">Told of every block of rows.</param>
    /// <param name="cancellationToken">Stops between blocks; nothing is written.</param>
    /// <exception cref="PicketException">
    /// A setting is out of range, a guard cannot be a member, the folder is not free, a member learned from the rows by what its model card
    /// says, or they lack a class. All of it is found out before anything is scored.
    /// </exception>
    /// <exception cref="IOException">The bundle cannot be written.</exception>
    public static async Task<BlendResult> RunAsync(
        IReadOnlyList<string> guards,
        string folder,
        BlendOptions options,
        IReadOnlyList<(DataSource Source, IReadOnlyList<Example> Rows)> data,
        IProgress<BlendProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(guards);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        options.Validate();
        if (guards.Count is < BlendSettings.LeastMembers or > BlendSettings.MostMembers)
        {
            throw new PicketException($"expected {BlendSettings.LeastMembers} to {BlendSettings.MostMembers} guards to blend, found {guards.Count}");
        }

        IReadOnlyList<Bundle> bundles = BlendWriter.Check(folder, guards, options.Link);
        IEnumerable<string?> objections = bundles
            .Select(bundle => MemberOrigin.Of(bundle).Objection(data.Select(static file => file.Source), options.HeldOutOnly));
        if (objections.OfType<string>().FirstOrDefault() is { } objection)
        {
            throw new PicketException(objection);
        }

        IReadOnlyList<(DataSource Source, IReadOnlyList<Example> Rows)> taken = HeldOut.Take(data, options.HeldOutOnly);
        Example[] examples = [.. taken.SelectMany(static file => file.Rows)];
        BlendFitter.AssignFolds([.. examples.Select(static row => (row.Prompt, row.Unsafe == true))]);

        double[][] logits = [.. examples.Select(_ => new double[guards.Count])];
        for (int member = 0; member < guards.Count; member++)
        {
            await ScoreAsync(guards[member], member, options, examples, logits, progress, cancellationToken);
        }

        BlendFit fit = BlendFitter.Fit(
            [.. examples.Zip(logits, static (row, values) => new BlendRow(row.Prompt, row.Unsafe == true, values))], cancellationToken);
        BlendCard card = Card(options, bundles, [.. taken.Select(static file => file.Source)], examples, fit, cancellationToken);
        (string, double)[] members = [.. guards.Zip(fit.Weights).Where(static member => member.Second > 0)];
        if (members.Length < BlendSettings.LeastMembers)
        {
            return new BlendResult(card, Written: false);
        }

        var manifest = new GuardManifest
        {
            Kind = BlendGuard.Kind,
            Name = options.Name,
            Files = new Dictionary<string, BundleFile>(),
            Training = card.ToJson(),
        };
        BlendWriter.Write(folder, manifest, members, fit.Offset, options.Link, cancellationToken);
        return new BlendResult(card, Written: true);
    }

    private static async Task ScoreAsync(
        string folder,
        int member,
        BlendOptions options,
        Example[] rows,
        double[][] logits,
        IProgress<BlendProgress>? progress,
        CancellationToken cancellationToken)
    {
        ComputeOptions compute = options.Threads == 0 ? new ComputeOptions() : new ComputeOptions { Threads = options.Threads };
        await using IGuard guard = await GuardLoader.LoadAsync(folder, normalise: true, compute, cancellationToken);
        for (int start = 0; start < rows.Length; start += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new BlendProgress(guard.Description.Name, member, logits[0].Length, start, rows.Length));
            Example[] block = rows[start..Math.Min(start + BlockRows, rows.Length)];
            IReadOnlyList<GuardScore> scores = await guard.ScoreAsync([.. block.Select(static row => row.ToInput())], cancellationToken);
            for (int i = 0; i < block.Length; i++)
            {
                logits[start + i][member] = BlendSettings.Logit(scores[i].UnsafeProbability);
            }
        }
    }

    private static BlendCard Card(
        BlendOptions options,
        IReadOnlyList<Bundle> bundles,
        IReadOnlyList<DataSource> sources,
        Example[] rows,
        BlendFit fit,
        CancellationToken cancellationToken)
    {
        int unsafeRows = rows.Count(static row => row.Unsafe == true);
        var crossValidated = new DataSource("the rows it was fitted on, cross-validated", "", rows.Length, unsafeRows);
        ScoredLabel[] scored = [.. fit.CrossValidated.Zip(rows, static (probability, row) => new ScoredLabel(probability, row.Unsafe == true))];
        return new BlendCard(
            typeof(Blender).Assembly.GetName().Version!.ToString(3),
            sources,
            options.HeldOutOnly,
            BlendFitter.Folds,
            [
                .. bundles.Select((bundle, i) => new BlendCardMember(
                    bundle.Manifest.Name, bundle.Manifest.Kind, MemberOrigin.Of(bundle).HeldOutShare, fit.Weights[i], fit.Members[i])),
            ],
            fit.Offset,
            fit.Blend,
            [CardMetrics.Of(crossValidated, scored, cancellationToken)]);
    }
}
