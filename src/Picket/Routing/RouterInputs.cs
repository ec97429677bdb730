namespace Picket;

/// <summary>What a learned router may read beside the features.</summary>
public static class RouterInputs
{
    /// <summary>Numbers that <see cref="Fill"/> gives.</summary>
    public const int ScoreInputs = 2;

    // A guard's probability of 1 - 1e-9 and one of 1 say the same to a router.
    private const double MostLogit = 20;

    /// <summary>The guard's own word as two inputs: its logit, limited to ±20 and divided by 4, and its binary entropy in bits.</summary>
    /// <param name="probability">In [0, 1].</param>
    /// <param name="inputs">Receives <see cref="ScoreInputs"/> numbers.</param>
    public static void Fill(double probability, Span<float> inputs)
    {
        double logit = Math.Clamp(Math.Log(probability / (1 - probability)), -MostLogit, MostLogit);
        inputs[0] = (float)(logit / 4);
        inputs[1] = (float)(Bits(probability) + Bits(1 - probability));
    }

    private static double Bits(double p) => p > 0 ? -p * Math.Log2(p) : 0;
}
