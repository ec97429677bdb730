using Picket.Data;
using Picket.Evaluation;
using Picket.Models.Routing;
using Picket.Training.RouterTraining;

namespace Picket.Cli;

/// <summary>What <c>picket route eval</c> asks the guards themselves: time, scores of edited texts, scores of poisoned ones.</summary>
internal sealed class RouteProbe(RouteEvalSettings settings, StandardStreams streams, GuardFactory loadGuard, TimeProvider clock)
{
    private const int Timed = 200;
    private const int WarmUp = 5;
    private const int Batch = 64;

    /// <summary>The options with the median time of single inputs, where guards and texts are there and no time was given.</summary>
    public async Task<RouteEvaluationOptions> TimedAsync(IReadOnlyList<Example> texts, CancellationToken cancellationToken)
    {
        RouteEvaluationOptions options = settings.Evaluation;
        return options with
        {
            SmallMilliseconds = options.SmallMilliseconds ?? await TimeAsync(settings.Small, texts, cancellationToken),
            LargeMilliseconds = options.LargeMilliseconds ?? await TimeAsync(settings.Large, texts, cancellationToken),
        };
    }

    /// <summary>Routes under each edit.</summary>
    public async Task<IReadOnlyList<RouteFlips>> FlipsAsync(
        RouteRows rows, IReadOnlyList<Example> texts, IReadOnlyList<(string Name, IRouter Router)> routers, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
        {
            return [];
        }

        await using IGuard small = await LoadAsync(settings.Small!, cancellationToken);
        using var line = new ProgressLine(streams, clock);
        var flips = new List<RouteFlips>();

        // The rows' own scores may be out of fold and are rounded; an edit is held against what this guard says now.
        RoutedRow[] asked = Rescored(rows, await ScoreAsync(small, [.. texts.Select(static text => text.ToInput())], cancellationToken));
        foreach (string edit in RouteEdits.Names)
        {
            line.Draw((double)flips.Count / (RouteEdits.Names.Count * routers.Count), $"scoring texts with other {edit}");
            IReadOnlyList<GuardScore> edited = await ScoreAsync(
                small, [.. texts.Select(text => RouteEdits.Apply(text.ToInput(), edit))], cancellationToken);
            flips.AddRange(routers
                .Where(static router => router.Router is not HardnessRouter { Hardness: RandomHardness })
                .Select(router => RouteEdits.Measure(edit, asked, edited, router.Router, router.Name)));
        }

        return flips;
    }

    /// <summary>Routers that learned from poisoned rows.</summary>
    public async Task<IReadOnlyList<RoutePoison>> PoisonAsync(
        RouteRows rows, IReadOnlyList<Example> texts, IReadOnlyList<(string Name, RouterModel Model)> models, CancellationToken cancellationToken)
    {
        if (settings.LearnRows.Count == 0)
        {
            return [];
        }

        RouterManifest manifest = models
            .Select(static model => model.Model.Manifest)
            .FirstOrDefault(static manifest => RouterKinds.IsLearned(manifest.Kind))
            ?? throw new PicketException("--learn-rows: expected a learned router among --router, found none");
        RouterTrainingOptions options = RouterCard.Of(manifest)?.Settings
            ?? throw new PicketException($"router {manifest.Name ?? manifest.Kind}: expected a card with the settings of its training, found none");
        options = options with { RegionShare = manifest.RegionLimit is null ? null : options.RegionShare };
        var learn = RouteRows.Read(settings.LearnRows);
        IReadOnlyList<Example> learnTexts = await learn.TextsAsync(settings.LearnData, cancellationToken);
        await using IGuard small = await LoadAsync(settings.Small!, cancellationToken);
        using var line = new ProgressLine(streams, clock);
        line.Draw(0, "poisoning");
        return await new RoutePoisoning(small, options, settings.Evaluation.Share).RunAsync(
            Pairs(learnTexts, learn.Rows),
            Pairs(texts, rows.Rows),
            new CountBar(line, RoutePoisoning.Shares.Count, "poisoned routers"),
            cancellationToken);
    }

    private static (Example, RoutingRow)[] Pairs(IReadOnlyList<Example> texts, IReadOnlyList<RoutedRow> rows) =>
        [.. texts.Zip(rows, static (text, row) => (text, row.Row))];

    private static RoutedRow[] Rescored(RouteRows rows, IReadOnlyList<GuardScore> scores) =>
        [.. rows.Rows.Zip(scores, static (row, score) => row with { Row = row.Row with { Small = score } })];

    private static async Task<IReadOnlyList<GuardScore>> ScoreAsync(IGuard guard, GuardInput[] inputs, CancellationToken cancellationToken)
    {
        var scores = new List<GuardScore>();
        foreach (GuardInput[] batch in inputs.Chunk(Batch))
        {
            scores.AddRange(await guard.ScoreAsync(batch, cancellationToken));
        }

        return scores.Count == inputs.Length
            ? scores
            : throw new PicketException($"guard {guard.Description.Name}: expected {inputs.Length} scores, found {scores.Count}");
    }

    private async Task<double?> TimeAsync(string? place, IReadOnlyList<Example> texts, CancellationToken cancellationToken)
    {
        if (place is null || texts.Count == 0)
        {
            return null;
        }

        await using IGuard guard = await LoadAsync(place, cancellationToken);
        var times = new List<double>();
        foreach (Example text in texts.Take(WarmUp).Concat(texts.Take(Timed)))
        {
            long start = clock.GetTimestamp();
            await guard.ScoreAsync([text.ToInput()], cancellationToken);
            times.Add(clock.GetElapsedTime(start).TotalMilliseconds);
        }

        double[] counted = [.. times.Skip(Math.Min(WarmUp, texts.Count)).Order()];
        return counted[counted.Length / 2];
    }

    private ValueTask<IGuard> LoadAsync(string place, CancellationToken cancellationToken) => loadGuard(place, settings.Normalise, cancellationToken);
}
