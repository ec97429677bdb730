namespace Picket;

/// <summary>A labelled input with what both guards say of it: what routers learn from, are calibrated on and are measured by.</summary>
/// <param name="Small">The small guard's score, with its features.</param>
/// <param name="LargeProbability">The large guard's probability that the input is unsafe, in [0, 1].</param>
/// <param name="Unsafe">The label.</param>
/// <param name="SmallThreshold">From where on the small guard calls an input unsafe.</param>
/// <param name="LargeThreshold">From where on the large guard does.</param>
public sealed record RoutingRow(
    GuardScore Small, double LargeProbability, bool Unsafe, double SmallThreshold = 0.5, double LargeThreshold = 0.5)
{
    /// <summary>Whether the small guard's verdict is the label.</summary>
    public bool SmallRight => Small.UnsafeProbability >= SmallThreshold == Unsafe;

    /// <summary>Whether the large guard's verdict is the label.</summary>
    public bool LargeRight => LargeProbability >= LargeThreshold == Unsafe;

    /// <summary>
    /// SafeRoute's target t (eq. 1): the small guard is wrong and the large one right. It is also what the oracle decides, the router that
    /// knows the label and so exists in evaluations only.
    /// </summary>
    public bool Hard => LargeRight && !SmallRight;

    /// <summary>Whether it is unsafe and the large guard would say so: the rows of the risk that a calibration bounds.</summary>
    public bool Catchable => Unsafe && LargeRight;
}
