namespace Picket;

/// <summary>What keeps tiers from being a cascade.</summary>
internal static class CascadeFaults
{
    public static IEnumerable<string> Of(IReadOnlyList<CascadeTier> tiers)
    {
        if (tiers.Count == 0)
        {
            yield return "no tier, expected one or more";
        }

        for (int i = 0; i < tiers.Count; i++)
        {
            foreach (string fault in Of(tiers[i], last: i == tiers.Count - 1))
            {
                yield return tiers.Count > 2 ? $"tier {i}: {fault}" : fault;
            }
        }
    }

    private static IEnumerable<string> Of(CascadeTier? tier, bool last)
    {
        if (tier?.Guard is null)
        {
            yield return "a guard is missing";
            yield break;
        }

        if (last && tier.Router is { } idle)
        {
            yield return $"router {idle.Name} has no large guard to escalate to";
        }

        if (last && tier.Cap is not null)
        {
            yield return $"{nameof(tier.Cap)} has no router to hold back";
        }

        if (!last && tier.Router is { FeatureWidth: > 0 } router && router.FeatureWidth != tier.Guard.Description.FeatureWidth)
        {
            yield return $"router {router.Name} reads {router.FeatureWidth} features, "
                + $"guard {tier.Guard.Description.Name} gives {tier.Guard.Description.FeatureWidth}";
        }

        if (tier.Failure is { } failure && !Enum.IsDefined(failure))
        {
            yield return $"{nameof(tier.Failure)} is {(int)failure}, expected {string.Join(", ", Enum.GetNames<LargeGuardFailure>())}";
        }

        if (tier.Timeout is { } timeout && !GuardCascadeOptions.IsTimeout(timeout))
        {
            yield return $"{nameof(tier.Timeout)} is {timeout}, expected more than zero and at most 49 days, or none";
        }

        foreach (string fault in tier.Cap?.Faults() ?? [])
        {
            yield return $"{nameof(tier.Cap)}: {fault}";
        }
    }
}
