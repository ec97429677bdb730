namespace Picket;

/// <summary>Makes verdicts of scores: the thresholds of a cascade.</summary>
internal sealed class VerdictRule(GuardCascadeOptions options)
{
    private readonly double? _threshold = options.Threshold;
    private readonly Dictionary<string, double> _categoryThresholds = new(options.CategoryThresholds, StringComparer.OrdinalIgnoreCase);

    /// <summary>The verdict of a tier that a router stands behind.</summary>
    public Verdict Routed(CascadeStage stage, GuardScore score, Verdict? before, in RouteDecision route) =>
        Make(stage, score, route, before is null ? [] : [.. before.Earlier, before.Route]);

    /// <summary>The verdict of the last tier.</summary>
    public Verdict Last(CascadeStage stage, GuardScore score, Verdict? before) => Make(stage, score, before?.Route ?? default, before?.Earlier ?? []);

    private Verdict Make(CascadeStage stage, GuardScore score, in RouteDecision route, IReadOnlyList<RouteDecision> earlier)
    {
        bool isUnsafe = score.UnsafeProbability >= ThresholdFor(stage.Guard, score);
        return new Verdict(isUnsafe, score.UnsafeProbability, stage.Guard.Description.Name, route, Degraded: false)
        {
            Windows = score.Windows,
            Tier = stage.Place,
            Earlier = earlier,
            Categories = score.Categories,
        };
    }

    // A loop, for a lambda would allocate for every score, also those without categories.
    private double ThresholdFor(IGuard guard, GuardScore score)
    {
        double common = _threshold ?? guard.Description.DefaultThreshold;
        if (score.Categories.Count == 0)
        {
            return common;
        }

        double least = double.PositiveInfinity;
        foreach (string category in score.Categories)
        {
            least = Math.Min(least, _categoryThresholds.GetValueOrDefault(category, common));
        }

        return least;
    }
}
