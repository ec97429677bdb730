using System.Runtime.CompilerServices;
using Picket.Compute.Simd;

namespace Picket.Compute;

/// <summary>The backward pass of a layer norm's row for one width of vectors.</summary>
/// <param name="input">x.</param>
/// <param name="gain">One an element.</param>
/// <param name="outputGradient">dL/dy.</param>
/// <param name="inputGradient">Receives dL/dx.</param>
/// <param name="gainGradient">Added to.</param>
/// <param name="biasGradient">Added to.</param>
/// <param name="length">Elements.</param>
internal readonly struct LayerNormGradient<TLanes, TVector>(
    Pointer<float> input,
    Pointer<float> gain,
    Pointer<float> outputGradient,
    Pointer<float> inputGradient,
    Pointer<float> gainGradient,
    Pointer<float> biasGradient,
    nint length)
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private nint Whole => length - (length % TLanes.Count);

    // With n the normed x and s = dL/dy gain: dL/dx = (s - mean of s - n mean of s n) / deviation.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(float epsilon, bool accumulate)
    {
        float mean = Mean();
        float scale = 1 / MathF.Sqrt(Variance(mean) + epsilon);
        (float slopeMean, float productMean) = AddParameters(mean, scale);
        TVector minusMean = TLanes.Broadcast(-mean);
        TVector scales = TLanes.Broadcast(scale);
        TVector slopes = TLanes.Broadcast(slopeMean);
        TVector products = TLanes.Broadcast(-productMean);
        for (nint i = 0; i < Whole; i += TLanes.Count)
        {
            TVector normed = TLanes.Multiply(TLanes.Add(TLanes.Load(input, i), minusMean), scales);
            TVector slope = TLanes.Multiply(TLanes.Load(outputGradient, i), TLanes.Load(gain, i));
            TVector rest = TLanes.MultiplyAdd(normed, products, TLanes.Subtract(slope, slopes));
            TVector addend = accumulate ? TLanes.Load(inputGradient, i) : TLanes.Broadcast(0);
            TLanes.Store(TLanes.MultiplyAdd(rest, scales, addend), inputGradient, i);
        }

        for (nint i = Whole; i < length; i++)
        {
            float rest = (outputGradient[i] * gain[i]) - slopeMean - ((input[i] - mean) * scale * productMean);
            inputGradient[i] = (accumulate ? inputGradient[i] : 0) + (rest * scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Mean()
    {
        TVector sums = TLanes.Broadcast(0);
        for (nint i = 0; i < Whole; i += TLanes.Count)
        {
            sums = TLanes.Add(sums, TLanes.Load(input, i));
        }

        float sum = TLanes.Sum(sums);
        for (nint i = Whole; i < length; i++)
        {
            sum += input[i];
        }

        return sum / length;
    }

    // The squares are of differences from the mean, as in the forward pass.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Variance(float mean)
    {
        TVector minusMean = TLanes.Broadcast(-mean);
        TVector squares = TLanes.Broadcast(0);
        for (nint i = 0; i < Whole; i += TLanes.Count)
        {
            TVector difference = TLanes.Add(TLanes.Load(input, i), minusMean);
            squares = TLanes.MultiplyAdd(difference, difference, squares);
        }

        float square = TLanes.Sum(squares);
        for (nint i = Whole; i < length; i++)
        {
            square += (input[i] - mean) * (input[i] - mean);
        }

        return square / length;
    }

    /// <summary>Adds the gradients of gain and bias; returns the mean slope of the normed x and that of slope times normed x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (float Slope, float Product) AddParameters(float mean, float scale)
    {
        TVector minusMean = TLanes.Broadcast(-mean);
        TVector scales = TLanes.Broadcast(scale);
        TVector slopes = TLanes.Broadcast(0);
        TVector products = slopes;
        for (nint i = 0; i < Whole; i += TLanes.Count)
        {
            TVector normed = TLanes.Multiply(TLanes.Add(TLanes.Load(input, i), minusMean), scales);
            TVector gradient = TLanes.Load(outputGradient, i);
            TVector slope = TLanes.Multiply(gradient, TLanes.Load(gain, i));
            slopes = TLanes.Add(slopes, slope);
            products = TLanes.MultiplyAdd(slope, normed, products);
            TLanes.Store(TLanes.MultiplyAdd(gradient, normed, TLanes.Load(gainGradient, i)), gainGradient, i);
            TLanes.Store(TLanes.Add(gradient, TLanes.Load(biasGradient, i)), biasGradient, i);
        }

        float slopeSum = TLanes.Sum(slopes);
        float productSum = TLanes.Sum(products);
        for (nint i = Whole; i < length; i++)
        {
            float normed = (input[i] - mean) * scale;
            slopeSum += outputGradient[i] * gain[i];
            productSum += outputGradient[i] * gain[i] * normed;
            gainGradient[i] += outputGradient[i] * normed;
            biasGradient[i] += outputGradient[i];
        }

        return (slopeSum / length, productSum / length);
    }
}
