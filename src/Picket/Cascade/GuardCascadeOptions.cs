namespace Picket;

/// <summary>Configures a <see cref="GuardCascade"/>, which reads it once, when it is built.</summary>
public sealed class GuardCascadeOptions
{
    // The runtime's timers count milliseconds in 32 bits: 49.7 days.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(49);

    /// <summary>
    /// Unsafe when the deciding guard's probability is at least this; in [0, 1]. <see langword="null"/> (the default) takes
    /// the deciding guard's <see cref="GuardDescription.DefaultThreshold"/>.
    /// </summary>
    public double? Threshold { get; set; }

    /// <summary>
    /// Thresholds of single categories, in [0, 1], by the names the guards give them (<see cref="GuardScore.Categories"/>). A score that names
    /// categories is unsafe from the lowest threshold among them; one that is not listed has the common threshold. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, double> CategoryThresholds { get; set; } = new Dictionary<string, double>();

    /// <summary>What becomes of escalated inputs when the large guard gives no usable answer. Default: they are held unsafe.</summary>
    public LargeGuardFailure LargeGuardFailure { get; set; } = LargeGuardFailure.TreatAsUnsafe;

    /// <summary>
    /// How long one call of the large guard may take; above zero and at most 49 days. Default 10 s;
    /// <see langword="null"/> waits without end. A guard that ignores its cancellation token is left behind, not waited for.
    /// </summary>
    public TimeSpan? LargeGuardTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Inputs over which <see cref="GuardCascade.Routes"/> measure the recent share of escalations; 1 to 10,000,000. Default 10,000.
    /// </summary>
    public int MonitorWindow { get; set; } = 10_000;

    /// <summary>The clock of <see cref="LargeGuardTimeout"/>. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal static bool IsTimeout(TimeSpan timeout) => timeout > TimeSpan.Zero && timeout <= LongestTimeout;

    internal IEnumerable<string> Faults()
    {
        if (Threshold is { } threshold && threshold is not (>= 0 and <= 1))
        {
            yield return $"{nameof(Threshold)} is {threshold}, expected a number in [0, 1]";
        }

        foreach ((string category, double least) in CategoryThresholds ?? new Dictionary<string, double>())
        {
            if (least is not (>= 0 and <= 1))
            {
                yield return $"{nameof(CategoryThresholds)} has {least} for {category}, expected a number in [0, 1]";
            }
        }

        if (!Enum.IsDefined(LargeGuardFailure))
        {
            yield return $"{nameof(LargeGuardFailure)} is {(int)LargeGuardFailure}, expected {string.Join(", ", Enum.GetNames<LargeGuardFailure>())}";
        }

        if (LargeGuardTimeout is { } timeout && !IsTimeout(timeout))
        {
            yield return $"{nameof(LargeGuardTimeout)} is {timeout}, expected more than zero and at most 49 days, or none";
        }

        if (MonitorWindow is < 1 or > 10_000_000)
        {
            yield return $"{nameof(MonitorWindow)} is {MonitorWindow}, expected 1 to 10000000";
        }

        if (CategoryThresholds is null)
        {
            yield return $"{nameof(CategoryThresholds)} is missing";
        }

        if (TimeProvider is null)
        {
            yield return $"{nameof(TimeProvider)} is missing";
        }
    }
}
