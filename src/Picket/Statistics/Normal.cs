namespace Picket.Statistics;

/// <summary>The normal distribution, and Student's where a sample is small.</summary>
internal static class Normal
{
    /// <summary>The 97.5th percentile: two-sided 95 %.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>The 80th percentile, for a test that finds what is there four times in five.</summary>
    public const double Z80 = 0.8416212335729143;

    /// <summary>The share below <paramref name="z"/> (Abramowitz and Stegun 26.2.17, off by less than 1e-7).</summary>
    public static double Below(double z)
    {
        double k = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double polynomial = k * (0.319381530 + (k * (-0.356563782 + (k * (1.781477937 + (k * (-1.821255978 + (k * 1.330274429))))))));
        double above = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
        return z >= 0 ? 1 - above : above;
    }

    /// <summary>Student's 97.5th percentile (Abramowitz and Stegun 26.7.5, off by less than 1 % from 3 degrees of freedom on).</summary>
    public static double Student95(int degreesOfFreedom)
    {
        const double z = Z95;
        const double z3 = z * z * z;
        const double z5 = z3 * z * z;
        const double z7 = z5 * z * z;
        double n = degreesOfFreedom;
        return z
            + ((z3 + z) / (4 * n))
            + (((5 * z5) + (16 * z3) + (3 * z)) / (96 * n * n))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * z)) / (384 * n * n * n));
    }
}
