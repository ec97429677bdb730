using System.Runtime.CompilerServices;
using Picket.Compute.Simd;

namespace Picket.Compute;

/// <summary>The functions of <see cref="Gradients"/> for one width of vectors.</summary>
/// <remarks>Where elements do not depend on one another, the end of a row is computed in a vector, too: a result does not depend on the cut.</remarks>
internal static class RowGradients<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gelu(Pointer<float> input, Pointer<float> outputGradient, Pointer<float> inputGradient, nint length, bool accumulate)
    {
        nint i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TVector slope = Floats.GeluSlope<TLanes, TVector>(TLanes.Load(input, i));
            TVector addend = accumulate ? TLanes.Load(inputGradient, i) : TLanes.Broadcast(0);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(outputGradient, i), slope, addend), inputGradient, i);
        }

        if (i < length)
        {
            TVector slope = Floats.GeluSlope<TLanes, TVector>(LoadEnd(input, i, length));
            TVector addend = accumulate ? LoadEnd(inputGradient, i, length) : TLanes.Broadcast(0);
            StoreEnd(TLanes.MultiplyAdd(LoadEnd(outputGradient, i, length), slope, addend), inputGradient, i, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(
        Pointer<float> probabilities, Pointer<float> mask, float factor, Pointer<float> gradient, Pointer<float> dropped, nint length)
    {
        TVector sums = TLanes.Broadcast(0);
        nint whole = length - (length % TLanes.Count);
        for (nint i = 0; i < whole; i += TLanes.Count)
        {
            TVector scale = TLanes.Load(mask, i);
            TVector probability = TLanes.Load(probabilities, i);
            TVector slope = TLanes.Multiply(TLanes.Load(gradient, i), scale);
            TLanes.Store(slope, gradient, i);
            TLanes.Store(TLanes.Multiply(probability, scale), dropped, i);
            sums = TLanes.MultiplyAdd(slope, probability, sums);
        }

        float sum = TLanes.Sum(sums);
        for (nint i = whole; i < length; i++)
        {
            gradient[i] *= mask[i];
            dropped[i] = probabilities[i] * mask[i];
            sum += gradient[i] * probabilities[i];
        }

        TVector mean = TLanes.Broadcast(sum);
        TVector factors = TLanes.Broadcast(factor);
        for (nint i = 0; i < whole; i += TLanes.Count)
        {
            TVector difference = TLanes.Subtract(TLanes.Load(gradient, i), mean);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(TLanes.Load(probabilities, i), factors), difference), gradient, i);
        }

        for (nint i = whole; i < length; i++)
        {
            gradient[i] = probabilities[i] * factor * (gradient[i] - sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AdamW(
        Pointer<float> values, Pointer<float> gradient, Pointer<float> mean, Pointer<float> variance, nint length, in AdamWStep step)
    {
        nint i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TVector value = TLanes.Load(values, i);
            TVector first = TLanes.Load(mean, i);
            TVector second = TLanes.Load(variance, i);
            Step(ref value, TLanes.Load(gradient, i), ref first, ref second, step);
            TLanes.Store(value, values, i);
            TLanes.Store(first, mean, i);
            TLanes.Store(second, variance, i);
        }

        if (i < length)
        {
            TVector value = LoadEnd(values, i, length);
            TVector first = LoadEnd(mean, i, length);
            TVector second = LoadEnd(variance, i, length);
            Step(ref value, LoadEnd(gradient, i, length), ref first, ref second, step);
            StoreEnd(value, values, i, length);
            StoreEnd(first, mean, i, length);
            StoreEnd(second, variance, i, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(ref TVector value, TVector gradient, ref TVector mean, ref TVector variance, in AdamWStep step)
    {
        TVector g = TLanes.Multiply(gradient, TLanes.Broadcast(step.GradientScale));
        mean = TLanes.MultiplyAdd(TLanes.Broadcast(1 - step.Beta1), TLanes.Subtract(g, mean), mean);
        TVector excess = TLanes.Subtract(TLanes.Multiply(g, g), variance);
        variance = TLanes.MultiplyAdd(TLanes.Broadcast(1 - step.Beta2), excess, variance);
        TVector root = TLanes.SquareRoot(TLanes.Multiply(variance, TLanes.Broadcast(step.VarianceCorrection)));
        TVector share = TLanes.Divide(TLanes.Multiply(TLanes.Broadcast(step.Size), mean), TLanes.Add(root, TLanes.Broadcast(step.Epsilon)));
        value = TLanes.Subtract(value, TLanes.MultiplyAdd(TLanes.Broadcast(step.Decay), value, share));
    }

    private static TVector LoadEnd(Pointer<float> source, nint offset, nint length) =>
        Floats.LoadEnd<TLanes, TVector>(source, offset, length - offset, filling: 0);

    private static void StoreEnd(TVector value, Pointer<float> target, nint offset, nint length) =>
        Floats.StoreEnd<TLanes, TVector>(value, target, offset, length - offset);
}
