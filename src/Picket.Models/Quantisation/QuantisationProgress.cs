namespace Picket.Models.Quantisation;

/// <summary>What a quantiser is at.</summary>
public enum QuantisationStage
{
    /// <summary>Making and writing the tensors.</summary>
    Writing,

    /// <summary>Scoring the texts with the original.</summary>
    Original,

    /// <summary>Scoring them with every unit quantised.</summary>
    AllQuantised,

    /// <summary>Scoring them with one unit quantised, one unit after another.</summary>
    Alone,

    /// <summary>Scoring them with one more unit left in 32-bit floats.</summary>
    Keeping,
}

/// <summary>How far a quantiser is.</summary>
/// <param name="Stage">What it is at.</param>
/// <param name="Share">How much of the stage is done, 0 to 1; of <see cref="QuantisationStage.Keeping"/> only of the present unit.</param>
/// <param name="Unit">The unit in question, where there is one.</param>
/// <param name="Difference">What the measurement found, once at the end of each.</param>
public sealed record QuantisationProgress(QuantisationStage Stage, double Share, string? Unit = null, LogOddsDifference? Difference = null);
