using Picket.Compute;

namespace Picket.Models.Quantisation;

/// <summary>How a <see cref="GuardQuantiser"/> works.</summary>
public sealed record QuantiserOptions
{
    /// <summary>
    /// The default <see cref="Tolerance"/>: near a threshold of 0.5, where it matters most, log-odds that are off by 0.1 are a probability that
    /// is off by 0.025.
    /// </summary>
    public const double DefaultTolerance = 0.1;

    /// <summary>What matrices become.</summary>
    public QuantisedWeights Weights { get; init; } = QuantisedWeights.Int8;

    /// <summary>The new guard's name; <see langword="null"/> for the original's with <c>-int8</c> or <c>-fp16</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Texts to compare the guards on; <see langword="null"/> quantises everything and measures nothing.</summary>
    public CalibrationSet? Calibration { get; init; }

    /// <summary>
    /// Mean <see cref="LogOddsDifference"/> above which units are left in 32-bit floats until it is no longer exceeded; from 0.
    /// </summary>
    public double Tolerance { get; init; } = DefaultTolerance;

    /// <summary>Threads and instruction set; the result depends on neither.</summary>
    public ComputeOptions Compute { get; init; } = new();
}
