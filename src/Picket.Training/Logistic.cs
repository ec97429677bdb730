namespace Picket.Training;

/// <summary>The logistic loss.</summary>
internal static class Logistic
{
    /// <summary>log(1 + exp(x)) without overflow: the cross-entropy of logit x to a target t is this less t x.</summary>
    public static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>The cross-entropy of a logit to a label.</summary>
    public static double CrossEntropy(double logit, bool isUnsafe) => SoftPlus(isUnsafe ? -logit : logit);
}
