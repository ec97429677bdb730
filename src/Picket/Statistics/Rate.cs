namespace Picket.Statistics;

/// <summary>A share that was counted, with its 95 % Wilson interval.</summary>
/// <remarks>
/// Wilson 1927: (p + z²/2n ± z sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n), z = 1.96. It holds for counts near 0 and near all, where the usual
/// one has no width; it takes the trials for independent.
/// </remarks>
/// <param name="Hits">How often it was so, 0 to <paramref name="Trials"/>.</param>
/// <param name="Trials">How often it was tried.</param>
public sealed record Rate(int Hits, int Trials)
{
    /// <summary>The share; <see langword="null"/> where nothing was tried.</summary>
    public double? Value => Trials == 0 ? null : (double)Hits / Trials;

    /// <summary>The interval's lower end; <see langword="null"/> where nothing was tried.</summary>
    public double? Low => Trials == 0 ? null : Math.Max(0, Centre - HalfWidth);

    /// <summary>The interval's upper end; <see langword="null"/> where nothing was tried.</summary>
    public double? High => Trials == 0 ? null : Math.Min(1, Centre + HalfWidth);

    private double Squash => Normal.Z95 * Normal.Z95 / Trials;

    private double Centre => (((double)Hits / Trials) + (Squash / 2)) / (1 + Squash);

    private double HalfWidth
    {
        get
        {
            double share = (double)Hits / Trials;
            return Math.Sqrt(Squash * ((share * (1 - share)) + (Squash / 4))) / (1 + Squash);
        }
    }
}
