namespace Picket.Training;

/// <summary>
/// Fits the one temperature T and offset b under which sigmoid(logit / T + b) has the least cross-entropy on held-out rows
/// (temperature scaling, Guo et al. 2017; the offset undoes the class-balanced sampling, as in Platt 1999).
/// </summary>
internal readonly record struct Calibration(double Temperature, double Offset)
{
    /// <summary>Newton's method on the two-parameter logistic regression; the loss is convex, and 50 steps are far more than it takes.</summary>
    public static Calibration Fit(IReadOnlyList<(float Logit, bool Unsafe)> rows)
    {
        double slope = 1;
        double offset = 0;
        for (int step = 0; step < 50; step++)
        {
            // A small ridge towards slope 1 keeps the system solvable when the rows are separable.
            const double ridge = 1e-3;
            double gradientSlope = ridge * (slope - 1);
            double gradientOffset = ridge * offset;
            double curvatureSlope = ridge;
            double curvatureMixed = 0;
            double curvatureOffset = ridge;
            foreach ((float logit, bool isUnsafe) in rows)
            {
                double probability = 1 / (1 + Math.Exp(-((slope * logit) + offset)));
                double error = probability - (isUnsafe ? 1 : 0);
                double spread = probability * (1 - probability);
                gradientSlope += error * logit;
                gradientOffset += error;
                curvatureSlope += spread * logit * logit;
                curvatureMixed += spread * logit;
                curvatureOffset += spread;
            }

            double determinant = (curvatureSlope * curvatureOffset) - (curvatureMixed * curvatureMixed);
            slope -= ((curvatureOffset * gradientSlope) - (curvatureMixed * gradientOffset)) / determinant;
            offset -= ((curvatureSlope * gradientOffset) - (curvatureMixed * gradientSlope)) / determinant;
            slope = Math.Max(slope, 1e-3);
        }

        return new Calibration(1 / slope, offset);
    }
}
