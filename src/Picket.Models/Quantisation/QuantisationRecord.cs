namespace Picket.Models.Quantisation;

/// <summary>What <c>guard.json</c> says of how a guard was quantised.</summary>
/// <param name="Source">Name of the guard that it was made from.</param>
/// <param name="Measured">Whether its scores were compared with that guard's.</param>
/// <param name="Calibration">What the comparison found; <see langword="null"/> where there was none.</param>
public sealed record QuantisationRecord(string Source, bool Measured, CalibrationRecord? Calibration = null);

/// <summary>A comparison of a quantised guard's scores with the original's.</summary>
/// <param name="File">Name of the file of texts, without its folder.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of that file.</param>
/// <param name="Rows">Rows taken, from the first on.</param>
/// <param name="Tolerance">The mean difference that was allowed.</param>
/// <param name="AllQuantised">The differences with every unit quantised.</param>
/// <param name="AsWritten">The differences of the guard as it was written, some units left in 32-bit floats perhaps.</param>
public sealed record CalibrationRecord(
    string File, string Sha256, int Rows, double Tolerance, LogOddsDifference AllQuantised, LogOddsDifference AsWritten);

/// <summary>Differences of two guards' log-odds, ln(p / (1 - p)) of the probability p of being unsafe, in magnitude over the same texts.</summary>
/// <remarks>Of the log-odds because those do not saturate: where p is 0.999, a damaged layer hardly shows in p itself.</remarks>
/// <param name="Mean">Their mean.</param>
/// <param name="Max">The largest.</param>
public sealed record LogOddsDifference(double Mean, double Max)
{
    // What a probability in 64 bits can tell apart from 1: 2^-53 below it.
    private const double Most = 36.7;

    /// <summary>Compares scores of the same texts in the same order; to four significant digits, which is what repeats.</summary>
    internal static LogOddsDifference Of(IReadOnlyList<double> original, IReadOnlyList<double> quantised)
    {
        double[] differences = [.. original.Zip(quantised, static (one, other) => Math.Abs(LogOdds(one) - LogOdds(other)))];
        return new LogOddsDifference(Rounded(differences.Average()), Rounded(differences.Max()));
    }

    private static double LogOdds(double probability) => Math.Clamp(Math.Log(probability / (1 - probability)), -Most, Most);

    private static double Rounded(double value) => double.Parse($"{value:G4}");
}
