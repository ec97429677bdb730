using System.Diagnostics.CodeAnalysis;

namespace Picket.Models.Quantisation;

/// <summary>What a quantiser stores matrices as.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "the name that files and command lines have for it")]
public enum QuantisedWeights
{
    /// <summary>8-bit integers with a scale a row, multiplied as integers: a quarter of the memory.</summary>
    Int8,

    /// <summary>16-bit floats, multiplied as 32-bit ones: half the memory.</summary>
    Fp16,
}

/// <summary>The names that <c>guard.json</c> and command lines have for <see cref="QuantisedWeights"/>.</summary>
public static class QuantisedWeightsNames
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = ["int8", "fp16"];

    /// <summary>The name of one.</summary>
    public static string Name(this QuantisedWeights weights) => All[(int)weights];

    /// <summary>The one of a name; <see langword="null"/> where there is none.</summary>
    public static QuantisedWeights? Parse(string name) =>
        All.Contains(name) ? (QuantisedWeights)All.ToList().IndexOf(name) : null;
}
