namespace Picket;

/// <summary>Says how hard an input is for the guard that gave a score; a <see cref="HardnessRouter"/> puts a threshold to it.</summary>
/// <remarks>Pure, safe to call from several threads at once, and free of allocations.</remarks>
public interface IHardness
{
    /// <summary>The name that configuration and reports use.</summary>
    string Name { get; }

    /// <summary>Floats that <see cref="GuardScore.Features"/> must have; 0 when none are read.</summary>
    int FeatureWidth { get; }

    /// <summary>Measures one input. A score that cannot be read (no probability, features of another width) is as hard as can be: 1.</summary>
    Hardness Measure(GuardScore score);
}

/// <summary>How hard an input is.</summary>
/// <param name="Probability">In [0, 1]; what orders the inputs and is held against the threshold.</param>
/// <param name="Spread">Standard deviation of the probability over Monte-Carlo samples; 0 where there are none.</param>
public readonly record struct Hardness(double Probability, double Spread = 0)
{
    /// <summary>As hard as can be: what cannot be read.</summary>
    public static Hardness Unreadable => new(1);
}
