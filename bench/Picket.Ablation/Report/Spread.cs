namespace Picket.Ablation;

/// <summary>Several runs of the same.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation with n - 1; <see langword="null"/> for one run.</param>
/// <param name="Runs">How many there are.</param>
internal sealed record Spread(double Mean, double? Deviation, int Runs)
{
    /// <summary>Of at least one value.</summary>
    public static Spread Of(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new Spread(mean, values.Count > 1 ? Math.Sqrt(squares / (values.Count - 1)) : null, values.Count);
    }

    /// <summary>As tables hold it: <c>0.512 ± 0.010</c>.</summary>
    public override string ToString() => Deviation is { } deviation ? $"{Mean:F3} ± {deviation:F3}" : $"{Mean:F3}";

    /// <summary>With its sign, for differences.</summary>
    public string Signed() => $"{Mean:+0.000;-0.000;0.000}" + (Deviation is { } deviation ? $" ± {deviation:F3}" : "");
}
