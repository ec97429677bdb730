using System.ComponentModel.DataAnnotations;

namespace Picket.Server;

/// <summary>When a text is held unsafe and what follows: <c>Picket:Policies:NAME</c>. Read again while the server runs.</summary>
public sealed class PolicyOptions
{
    /// <summary>Unsafe from this probability on. Default: the deciding guard's own.</summary>
    [Range(0.0, 1.0)]
    public double? Threshold { get; init; }

    /// <summary>Thresholds of single categories by the guard's names for them (<see cref="GuardCascadeOptions.CategoryThresholds"/>).</summary>
    [Range(0.0, 1.0)]
    public IReadOnlyDictionary<string, double> CategoryThresholds { get; init; } = new Dictionary<string, double>();

    /// <summary>What becomes of a text when the large guard fails or is late. Default: it is held unsafe.</summary>
    public LargeGuardFailure LargeGuardFailure { get; init; } = LargeGuardFailure.TreatAsUnsafe;

    /// <summary>How long the large guard may take, its queue included. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan LargeGuardTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Scores and reports, and never blocks. Default: no.</summary>
    public bool Shadow { get; init; }

    /// <summary>What it does on the routes of the proxy.</summary>
    public ProxyPolicyOptions Proxy { get; init; } = new();
}
