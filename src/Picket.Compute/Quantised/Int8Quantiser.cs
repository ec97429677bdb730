using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Picket.Compute.Quantised;

namespace Picket.Compute;

/// <summary>Float rows into int8, each with a scale: value = scale * number, numbers from -127 to 127.</summary>
public static class Int8Quantiser
{
    /// <summary>The largest magnitude that is used: -128 has no opposite.</summary>
    public const int Largest = 127;

    /// <summary>
    /// What the weights of one sign may sum to in magnitude among the eight that share a 16-bit sum in the kernels: inputs go up to 127, and
    /// 127 * 258 is the last multiple of 127 below 32,768.
    /// </summary>
    /// <remarks>Among each 16 inputs the first two of every four share one sum, the last two of every four the other.</remarks>
    public const int LargestSum = short.MaxValue / 127;

    private const int Step = Int8Panels.Step;

    /// <summary>One row of weights for <see cref="Int8Linear"/>.</summary>
    /// <remarks>
    /// Where <see cref="LargestSum"/> is exceeded, weights are moved towards zero, those first that this costs least; if a coarser scale, at
    /// which fewer exceed it, has the smaller squared error, that is taken. Rows whose largest weight is five standard deviations or more
    /// hardly ever exceed it.
    /// </remarks>
    /// <returns>The scale; NaN if the row holds a NaN or an infinity.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float QuantiseWeights(ReadOnlySpan<float> row, Span<sbyte> target)
    {
        float largest = LargestMagnitude(row);
        float scale = QuantiseRow(row, target, largest, Largest);
        if (!Bound(row, target, scale))
        {
            return scale;
        }

        double error = SquaredError(row, target, scale);
        sbyte[] other = new sbyte[target.Length];
        for (float levels = Largest * 0.92f; levels > 32; levels *= 0.92f)
        {
            float coarser = QuantiseRow(row, other, largest, levels);
            bool bound = Bound(row, other, coarser);
            double otherError = SquaredError(row, other, coarser);
            if (otherError >= error)
            {
                break;
            }

            (error, scale) = (otherError, coarser);
            other.CopyTo(target);
            if (!bound)
            {
                break;
            }
        }

        return scale;
    }

    /// <summary>All rows of weights for <see cref="Int8Linear"/>, on all of the context's threads.</summary>
    /// <param name="context">Threads.</param>
    /// <param name="weights">outputs x inputs, row-major.</param>
    /// <param name="target">The same shape.</param>
    /// <param name="scales">One an output.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static unsafe void QuantiseWeights(ComputeContext context, ReadOnlySpan<float> weights, Span<sbyte> target, Span<float> scales)
    {
        if (target.Length != weights.Length || scales.IsEmpty || weights.Length % scales.Length != 0)
        {
            throw new ArgumentException(
                "expected as many numbers as weights and one scale a row, "
                + $"found {weights.Length} weights, {target.Length} numbers and {scales.Length} scales",
                nameof(target));
        }

        fixed (float* from = weights, toScales = scales)
        fixed (sbyte* to = target)
        {
            context.Run(
                scales.Length,
                new Work(
                    new Pointer<float>(from, weights.Length),
                    new Pointer<sbyte>(to, target.Length),
                    new Pointer<float>(toScales, scales.Length),
                    weights.Length / scales.Length));
        }
    }

    /// <summary>One row without any bound: for a table of embeddings, which nothing is multiplied with.</summary>
    /// <returns>The scale; NaN if the row holds a NaN or an infinity.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float QuantiseRow(ReadOnlySpan<float> row, Span<sbyte> target) => QuantiseRow(row, target, LargestMagnitude(row), Largest);

    /// <summary>target = scale * row.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DequantiseRow(ReadOnlySpan<sbyte> row, float scale, Span<float> target)
    {
        CheckLengths(row.Length, target.Length);
        int i = 0;
        for (; i <= row.Length - Step; i += Step)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.Create(row[i..]));
            (Vector256.ConvertToSingle(Widen(low)) * scale).CopyTo(target[i..]);
            (Vector256.ConvertToSingle(Widen(high)) * scale).CopyTo(target[(i + 8)..]);
        }

        for (; i < row.Length; i++)
        {
            target[i] = row[i] * scale;
        }
    }

    /// <summary>The first of the inputs that share a sum and exceed <see cref="LargestSum"/>; -1 if none do.</summary>
    internal static int FirstFault(ReadOnlySpan<sbyte> row)
    {
        for (int i = 0; i < row.Length; i += Step)
        {
            for (int half = 0; half < 4; half += 2)
            {
                if (Sum(row, i + half, 1) > LargestSum || Sum(row, i + half, -1) > LargestSum)
                {
                    return i + half;
                }
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float QuantiseRow(ReadOnlySpan<float> row, Span<sbyte> target, float largest, float levels)
    {
        CheckLengths(row.Length, target.Length);
        float scale = largest / levels;
        float inverse = scale > 1e-37f ? 1 / scale : 0;
        int i = 0;
        for (; i <= row.Length - Step; i += Step)
        {
            Vector256<int> low = Vector256.ConvertToInt32(Vector256.Round(Vector256.Create(row[i..]) * inverse));
            Vector256<int> high = Vector256.ConvertToInt32(Vector256.Round(Vector256.Create(row[(i + 8)..]) * inverse));
            Vector256<short> both = Vector256.Narrow(low, high);
            Vector128.Narrow(both.GetLower(), both.GetUpper()).CopyTo(target[i..]);
        }

        for (; i < row.Length; i++)
        {
            target[i] = (sbyte)MathF.Round(row[i] * inverse);
        }

        return inverse == 0 ? 0 * largest : scale;
    }

    // Whether anything had to be moved.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Bound(ReadOnlySpan<float> row, Span<sbyte> target, float scale)
    {
        bool moved = false;
        float inverse = 1 / scale;
        for (int i = 0; i < target.Length; i += Step)
        {
            if (target.Length - i >= Step && IsWithinBound(Vector128.Create((ReadOnlySpan<sbyte>)target[i..])))
            {
                continue;
            }

            for (int half = 0; half < 4; half += 2)
            {
                moved |= Bound(row, target, inverse, i + half, 1);
                moved |= Bound(row, target, inverse, i + half, -1);
            }
        }

        return moved;
    }

    // The step with the least added error is that of the weight that was rounded up the most.
    private static bool Bound(ReadOnlySpan<float> row, Span<sbyte> target, float inverse, int first, int sign)
    {
        int excess = Sum(target, first, sign) - LargestSum;
        if (excess <= 0)
        {
            return false;
        }

        Span<float> above = stackalloc float[8];
        for (int member = 0; member < 8; member++)
        {
            int i = Input(first, member);
            above[member] = i < target.Length && target[i] * sign > 0 ? (target[i] - (row[i] * inverse)) * sign : float.NegativeInfinity;
        }

        for (; excess > 0; excess--)
        {
            int chosen = 0;
            for (int member = 1; member < 8; member++)
            {
                chosen = above[member] > above[chosen] ? member : chosen;
            }

            ref sbyte number = ref target[Input(first, chosen)];
            number -= (sbyte)sign;
            above[chosen] = number == 0 ? float.NegativeInfinity : above[chosen] - 1;
        }

        return true;
    }

    private static int Input(int first, int member) => first + (member / 2 * 4) + (member % 2);

    private static int Sum(ReadOnlySpan<sbyte> row, int first, int sign)
    {
        int sum = 0;
        int end = Math.Min(row.Length, first + Step - 1);
        for (int i = first; i < end; i += 4)
        {
            sum += Math.Max(row[i] * sign, 0) + (i + 1 < row.Length ? Math.Max(row[i + 1] * sign, 0) : 0);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWithinBound(Vector128<sbyte> values) =>
        AreSumsSmall(Vector128.Max(values, Vector128<sbyte>.Zero)) && AreSumsSmall(-Vector128.Min(values, Vector128<sbyte>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreSumsSmall(Vector128<sbyte> magnitudes)
    {
        // In the end four 16-bit sums in one number: of the inputs 0, 1, 2 and 3 of every four.
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(magnitudes.AsByte());
        Vector128<ulong> sums = (low + high).AsUInt64();
        ulong four = sums[0] + sums[1];
        ulong two = four + (four >> 16);
        return (ushort)two <= LargestSum && (ushort)(two >> 32) <= LargestSum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float LargestMagnitude(ReadOnlySpan<float> row)
    {
        Vector256<float> largests = default;
        int i = 0;
        for (; i <= row.Length - 8; i += 8)
        {
            largests = Vector256.Max(largests, Vector256.Abs(Vector256.Create(row[i..])));
        }

        float largest = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            largest = MathF.Max(largest, largests[lane]);
        }

        for (; i < row.Length; i++)
        {
            largest = MathF.Max(largest, MathF.Abs(row[i]));
        }

        // Infinite or NaN: the scale says so.
        return largest - largest == 0 ? largest : float.NaN;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SquaredError(ReadOnlySpan<float> row, ReadOnlySpan<sbyte> target, float scale)
    {
        Vector256<float> sums = default;
        double sum = 0;
        int i = 0;
        for (; i <= row.Length - Step; i += Step)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.Create(target[i..]));
            Vector256<float> first = Vector256.Create(row[i..]) - (Vector256.ConvertToSingle(Widen(low)) * scale);
            Vector256<float> second = Vector256.Create(row[(i + 8)..]) - (Vector256.ConvertToSingle(Widen(high)) * scale);
            sums += (first * first) + (second * second);
        }

        for (; i < row.Length; i++)
        {
            double difference = row[i] - (scale * target[i]);
            sum += difference * difference;
        }

        return sum + Vector256.Sum(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen(Vector128<short> values)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(values);
        return Vector256.Create(low, high);
    }

    private static void CheckLengths(int row, int target)
    {
        if (row != target)
        {
            throw new ArgumentException($"expected as many elements as the row, {row}, found {target}", nameof(target));
        }
    }

    private readonly struct Work(Pointer<float> weights, Pointer<sbyte> target, Pointer<float> scales, int inputs) : IWork
    {
        public void Execute(int piece, int worker) => (scales + piece).Span(1)[0] = QuantiseWeights(
            (weights + ((nint)piece * inputs)).Span(inputs), (target + ((nint)piece * inputs)).Span(inputs));
    }
}
