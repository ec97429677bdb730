namespace Picket;

/// <summary>What a guard says of one input.</summary>
/// <param name="UnsafeProbability">Probability in [0, 1] that the judged text is unsafe.</param>
/// <param name="Features">
/// The guard's last hidden vector, <see cref="GuardDescription.FeatureWidth"/> floats, which a learned router reads;
/// empty when the guard has none. Where the input took several windows, the vector of the highest-scoring one.
/// </param>
/// <param name="Tokens">Tokens that were scored, over all windows; 0 when the guard does not count.</param>
/// <param name="Windows">Overlapping windows the input was scored in; the highest score counts.</param>
public sealed record GuardScore(double UnsafeProbability, ReadOnlyMemory<float> Features = default, int Tokens = 0, int Windows = 1)
{
    /// <summary>
    /// The guard said a word and gave no probability: <see cref="UnsafeProbability"/> is 0 or 1 and says nothing of how sure it is. Default: no.
    /// </summary>
    public bool FromText { get; init; }

    /// <summary>
    /// What the guard holds against the text, in its own names (Llama Guard's <c>S1</c> to <c>S14</c>); empty (the default) when it names nothing.
    /// </summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}
