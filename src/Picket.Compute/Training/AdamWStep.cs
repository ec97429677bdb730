namespace Picket.Compute;

/// <summary>What is the same for all elements of a step of AdamW.</summary>
/// <param name="Size">Learning rate / (1 - beta1^t).</param>
/// <param name="Decay">Learning rate x weight decay; 0 for parameters that do not decay.</param>
/// <param name="Beta1">Of the first moment.</param>
/// <param name="Beta2">Of the second moment.</param>
/// <param name="VarianceCorrection">1 / (1 - beta2^t).</param>
/// <param name="Epsilon">Added to the root of the corrected second moment.</param>
/// <param name="GradientScale">What gradients are multiplied with first: clipping.</param>
public readonly record struct AdamWStep(
    float Size, float Decay, float Beta1, float Beta2, float VarianceCorrection, float Epsilon, float GradientScale);
