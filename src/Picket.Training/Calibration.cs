namespace Picket.Training;

/// <summary>
/// Fits the one temperature T and offset b under which sigmoid(logit / T + b) has the least cross-entropy on held-out rows
/// (temperature scaling, Guo et al. 2017; the offset undoes the class-balanced sampling, as in Platt 1999).
/// </summary>
internal readonly record struct Calibration(double Temperature, double Offset)
{
    // Keeps the system solvable when the rows are separable: a weak pull towards slope 1 and offset 0.
    private const double Ridge = 1e-3;

    // Logits that rank no better than chance ask for no slope or a negative one; the order of the scores is kept.
    private const double LeastSlope = 1e-3;

    /// <summary>
    /// Newton's method on the two-parameter logistic regression, whose loss is convex. A full step overshoots where the sigmoids are
    /// saturated, so it is halved until the loss falls.
    /// </summary>
    public static Calibration Fit(IReadOnlyList<(float Logit, bool Unsafe)> rows)
    {
        double slope = 1;
        double offset = 0;
        double loss = Loss(rows, slope, offset);
        for (int step = 0; step < 100; step++)
        {
            (double slopeStep, double offsetStep) = Step(rows, slope, offset);
            double share = 1;
            double nextSlope;
            double next;
            while (true)
            {
                nextSlope = Math.Max(LeastSlope, slope - (share * slopeStep));
                next = Loss(rows, nextSlope, offset - (share * offsetStep));
                if (next < loss || share < 1e-12)
                {
                    break;
                }

                share /= 2;
            }

            if (!(next < loss))
            {
                break;
            }

            (slope, offset, loss) = (nextSlope, offset - (share * offsetStep), next);
        }

        return new Calibration(1 / slope, offset);
    }

    private static (double Slope, double Offset) Step(IReadOnlyList<(float Logit, bool Unsafe)> rows, double slope, double offset)
    {
        double gradientSlope = Ridge * (slope - 1);
        double gradientOffset = Ridge * offset;
        double curvatureSlope = Ridge;
        double curvatureMixed = 0;
        double curvatureOffset = Ridge;
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
        double slopeStep = ((curvatureOffset * gradientSlope) - (curvatureMixed * gradientOffset)) / determinant;
        return slope <= LeastSlope && slopeStep > 0
            ? (0, gradientOffset / curvatureOffset)
            : (slopeStep, ((curvatureSlope * gradientOffset) - (curvatureMixed * gradientSlope)) / determinant);
    }

    private static double Loss(IReadOnlyList<(float Logit, bool Unsafe)> rows, double slope, double offset)
    {
        double loss = Ridge / 2 * (((slope - 1) * (slope - 1)) + (offset * offset));
        foreach ((float logit, bool isUnsafe) in rows)
        {
            loss += Logistic.CrossEntropy((slope * logit) + offset, isUnsafe);
        }

        return loss;
    }
}
