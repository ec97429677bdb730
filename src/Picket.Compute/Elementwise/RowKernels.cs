using System.Runtime.CompilerServices;
using Picket.Compute.Simd;

namespace Picket.Compute;

/// <summary>The functions of <see cref="Elementwise"/> for one width of vectors.</summary>
internal static class RowKernels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Exp(Pointer<float> values, nint length)
    {
        nint i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(Floats.Exp<TLanes, TVector>(TLanes.Load(values, i)), values, i);
        }

        if (i < length)
        {
            TVector end = Floats.LoadEnd<TLanes, TVector>(values, i, length - i, filling: 0);
            Floats.StoreEnd<TLanes, TVector>(Floats.Exp<TLanes, TVector>(end), values, i, length - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gelu(Pointer<float> values, nint length)
    {
        nint i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(Floats.Gelu<TLanes, TVector>(TLanes.Load(values, i)), values, i);
        }

        if (i < length)
        {
            TVector end = Floats.LoadEnd<TLanes, TVector>(values, i, length - i, filling: 0);
            Floats.StoreEnd<TLanes, TVector>(Floats.Gelu<TLanes, TVector>(end), values, i, length - i);
        }
    }

    // Three passes over a row that stays in the first-level cache: the greatest; the exponentials and their sum; the division.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(Pointer<float> values, nint length, float factor)
    {
        TVector factors = TLanes.Broadcast(factor);
        nint whole = length - (length % TLanes.Count);
        TVector end = TLanes.Broadcast(float.NegativeInfinity);
        TVector most = end;
        if (whole < length)
        {
            // Minus infinity is neither the greatest nor counts in the sum.
            end = Floats.LoadEnd<TLanes, TVector>(values, whole, length - whole, float.NegativeInfinity, factor);
            most = end;
        }

        TVector others = most;
        nint i = 0;
        for (; i <= whole - (2 * TLanes.Count); i += 2 * TLanes.Count)
        {
            most = TLanes.Max(most, TLanes.Multiply(TLanes.Load(values, i), factors));
            others = TLanes.Max(others, TLanes.Multiply(TLanes.Load(values, i + TLanes.Count), factors));
        }

        if (i < whole)
        {
            others = TLanes.Max(others, TLanes.Multiply(TLanes.Load(values, i), factors));
        }

        TVector minusMost = TLanes.Broadcast(-TLanes.Largest(TLanes.Max(most, others)));
        TVector sums = TLanes.Broadcast(0);
        for (i = 0; i < whole; i += TLanes.Count)
        {
            TVector power = Floats.Exp<TLanes, TVector>(TLanes.MultiplyAdd(TLanes.Load(values, i), factors, minusMost));
            TLanes.Store(power, values, i);
            sums = TLanes.Add(sums, power);
        }

        if (whole < length)
        {
            end = Floats.Exp<TLanes, TVector>(TLanes.Add(end, minusMost));
            sums = TLanes.Add(sums, end);
        }

        TVector share = TLanes.Broadcast(1 / TLanes.Sum(sums));
        for (i = 0; i < whole; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Load(values, i), share), values, i);
        }

        if (whole < length)
        {
            Floats.StoreEnd<TLanes, TVector>(TLanes.Multiply(end, share), values, whole, length - whole);
        }
    }

    // Products are rounded before the greatest is taken off, so that no power is above 1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Sum, float Squares) Powers(Pointer<float> values, nint length, float factor)
    {
        TVector factors = TLanes.Broadcast(factor);
        TVector most = TLanes.Broadcast(float.NegativeInfinity);
        TVector others = most;
        for (nint i = 0; i < length; i += 2 * TLanes.Count)
        {
            nint second = Math.Min(i + TLanes.Count, length - TLanes.Count);
            most = TLanes.Max(most, TLanes.Multiply(TLanes.Load(values, i), factors));
            others = TLanes.Max(others, TLanes.Multiply(TLanes.Load(values, second), factors));
        }

        TVector minusMost = TLanes.Broadcast(-TLanes.Largest(TLanes.Max(most, others)));
        TVector sums = TLanes.Broadcast(0);
        TVector squares = sums;
        for (nint i = 0; i < length; i += TLanes.Count)
        {
            TVector power = Floats.Exp<TLanes, TVector>(TLanes.Add(TLanes.Multiply(TLanes.Load(values, i), factors), minusMost));
            TLanes.Store(power, values, i);
            sums = TLanes.Add(sums, power);
            squares = TLanes.MultiplyAdd(power, power, squares);
        }

        return (TLanes.Sum(sums), TLanes.Sum(squares));
    }

    // The squares are of differences from the mean, not of the values: a row of 1000 ± 1 keeps its variance.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LayerNorm(
        Pointer<float> source,
        Pointer<float> residual,
        bool add,
        Pointer<float> gain,
        Pointer<float> bias,
        float epsilon,
        Pointer<float> target,
        nint length)
    {
        nint whole = length - (length % TLanes.Count);
        TVector zero = TLanes.Broadcast(0);
        TVector sums = zero;
        for (nint i = 0; i < whole; i += TLanes.Count)
        {
            TVector value = TLanes.Load(source, i);
            if (add)
            {
                value = TLanes.Add(value, TLanes.Load(residual, i));
            }

            TLanes.Store(value, target, i);
            sums = TLanes.Add(sums, value);
        }

        float sum = TLanes.Sum(sums);
        for (nint i = whole; i < length; i++)
        {
            target[i] = add ? source[i] + residual[i] : source[i];
            sum += target[i];
        }

        float mean = sum / length;
        TVector minusMean = TLanes.Broadcast(-mean);
        TVector squares = zero;
        for (nint i = 0; i < whole; i += TLanes.Count)
        {
            TVector difference = TLanes.Add(TLanes.Load(target, i), minusMean);
            squares = TLanes.MultiplyAdd(difference, difference, squares);
        }

        float square = TLanes.Sum(squares);
        for (nint i = whole; i < length; i++)
        {
            square += (target[i] - mean) * (target[i] - mean);
        }

        float scale = 1 / MathF.Sqrt((square / length) + epsilon);
        TVector scales = TLanes.Broadcast(scale);
        for (nint i = 0; i < whole; i += TLanes.Count)
        {
            TVector difference = TLanes.Add(TLanes.Load(target, i), minusMean);
            TVector scaled = TLanes.Multiply(difference, scales);
            TLanes.Store(TLanes.MultiplyAdd(scaled, TLanes.Load(gain, i), TLanes.Load(bias, i)), target, i);
        }

        for (nint i = whole; i < length; i++)
        {
            target[i] = ((target[i] - mean) * scale * gain[i]) + bias[i];
        }
    }
}
