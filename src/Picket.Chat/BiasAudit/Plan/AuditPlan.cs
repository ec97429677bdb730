namespace Picket.Chat;

/// <summary>All requests of an audit, in the order in which they are made. Immutable.</summary>
/// <remarks>
/// Every behaviour comes with every keyword, defence and repeat before the next one does, so that an audit which ends early, at its budget or by
/// a kill, has compared on the same behaviours. The seed shuffles the behaviours, harmless ones evenly between the others.
/// </remarks>
public sealed class AuditPlan
{
    /// <summary>Plans an audit.</summary>
    /// <param name="behaviours">Harmful and harmless requests; ids are unique among either.</param>
    /// <param name="pairs">The keywords that are compared.</param>
    /// <param name="options">Controls, repeats, defences; the defaults when <see langword="null"/>.</param>
    /// <exception cref="PicketException">Nothing is to be compared, or an option is out of its range.</exception>
    public AuditPlan(IReadOnlyList<Behaviour> behaviours, IReadOnlyList<KeywordPair> pairs, AuditPlanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(behaviours);
        ArgumentNullException.ThrowIfNull(pairs);
        Options = options ?? new AuditPlanOptions();
        string[] faults = [.. Options.Faults(), .. Missing(behaviours, pairs)];
        if (faults.Length > 0)
        {
            throw new PicketException($"audit: {string.Join("; ", faults)}");
        }

        Pairs = pairs;
        Behaviours = Order(behaviours, Options.Seed);
        Keywords =
        [
            .. ((IEnumerable<string?>)[
                .. Options.Baseline ? (string?[])[null] : [],
                .. Options.RandomAdjectives,
                .. pairs.SelectMany(static pair => (string[])[pair.Marginalised, pair.Privileged]),
            ]).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>How the trials are made up.</summary>
    public AuditPlanOptions Options { get; }

    /// <summary>The pairs.</summary>
    public IReadOnlyList<KeywordPair> Pairs { get; }

    /// <summary>The behaviours in their order.</summary>
    public IReadOnlyList<Behaviour> Behaviours { get; }

    /// <summary>Every keyword once, <see langword="null"/> for the baseline.</summary>
    public IReadOnlyList<string?> Keywords { get; }

    /// <summary>How many trials there are.</summary>
    public int Count => checked(Behaviours.Count * PerBehaviour);

    private int PerBehaviour => Options.Repeats * Keywords.Count * Options.Defences.Count;

    /// <summary>The trial of a number, from 0.</summary>
    public Trial this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Count, nameof(number));
            (int behaviour, int within) = Math.DivRem(number, PerBehaviour);
            (int repeat, int rest) = Math.DivRem(within, Keywords.Count * Options.Defences.Count);
            (int keyword, int defence) = Math.DivRem(rest, Options.Defences.Count);
            return new Trial(number, Behaviours[behaviour], Keywords[keyword], Options.Defences[defence], repeat);
        }
    }

    private static IEnumerable<string> Missing(IReadOnlyList<Behaviour> behaviours, IReadOnlyList<KeywordPair> pairs)
    {
        if (!behaviours.Any(static behaviour => !behaviour.Benign))
        {
            yield return "behaviours: expected one or more that are not harmless, found none";
        }

        if (behaviours.DistinctBy(static behaviour => (behaviour.Id, behaviour.Benign)).Count() < behaviours.Count)
        {
            yield return "behaviours: expected different ids, found one twice";
        }

        if (pairs.Count == 0)
        {
            yield return "keyword pairs: expected one or more, found none";
        }
    }

    private static IReadOnlyList<Behaviour> Order(IReadOnlyList<Behaviour> behaviours, long seed)
    {
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        return
        [
            .. behaviours.GroupBy(static behaviour => behaviour.Benign)
                .SelectMany(kind =>
                {
                    Behaviour[] shuffled = [.. kind];
                    random.Shuffle(shuffled);
                    return shuffled.Select((behaviour, place) => (Behaviour: behaviour, Place: (place + 0.5) / shuffled.Length));
                })
                .OrderBy(static placed => placed.Place)
                .ThenBy(static placed => placed.Behaviour.Benign)
                .Select(static placed => placed.Behaviour),
        ];
    }
}
