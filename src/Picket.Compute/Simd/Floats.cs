using System.Runtime.CompilerServices;

namespace Picket.Compute.Simd;

/// <summary>Functions of whole vectors, and rows whose length is no multiple of one.</summary>
internal static unsafe class Floats
{
    /// <summary>Bits of a float after the exponent.</summary>
    public const int MantissaBits = 23;

    /// <summary>1.5 * 2^23: a number of at most 2^22 added to it is rounded to an integer, which then stands in the lowest bits.</summary>
    public const float RoundingBias = 12_582_912;

    private const int MostLanes = 16;

    // Where exp leaves the normal floats, and where 2^n, rounded up, would leave the finite ones.
    private const float LeastExponent = -87.3365447f;
    private const float GreatestExponent = 88;

    // Where Φ rounds to 1.
    private const float GeluEnd = 5.4f;

    /// <summary>exp(x) to a unit in the last place; 0 below -87.33, and from 88 on what it is there, 1.65e38.</summary>
    /// <remarks>
    /// x = n ln 2 + r with ln 2 in two parts (Cody and Waite 1980); exp(r) = 1 + r + r² p(r), p the minimax polynomial of degree 4 on
    /// |r| ≤ ln 2 / 2 (computed by Remez exchange, relative error 3e-9).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector least = TLanes.Broadcast(LeastExponent);
        TVector clamped = TLanes.Min(TLanes.Broadcast(GreatestExponent), TLanes.Max(least, x));
        TVector biased = TLanes.MultiplyAdd(clamped, TLanes.Broadcast(1.44269504f), TLanes.Broadcast(RoundingBias));
        TVector n = TLanes.Subtract(biased, TLanes.Broadcast(RoundingBias));
        TVector r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-0.693359375f), clamped);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(2.12194440e-4f), r);

        TVector p = TLanes.Broadcast(1.381462894e-3f);
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(8.368709544e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(4.166838705e-2f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1.666652069e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(4.999999345e-1f));
        p = TLanes.MultiplyAdd(TLanes.Multiply(r, r), p, TLanes.Add(r, TLanes.Broadcast(1)));
        return TLanes.ZeroWhereLess(x, least, TLanes.Multiply(p, TLanes.PowerOfTwo(biased)));
    }

    /// <summary>x Φ(x), to 2e-7 of the larger of 1 and |x|; 0 below -5.4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gelu<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        TLanes.ZeroWhereLess(x, TLanes.Broadcast(-GeluEnd), TLanes.Multiply(x, Normal<TLanes, TVector>(x)));

    /// <summary>The derivative of x Φ(x), Φ(x) + x φ(x), to 5e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector GeluSlope<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector power = Exp<TLanes, TVector>(TLanes.Multiply(TLanes.Multiply(x, x), TLanes.Broadcast(-0.5f)));
        TVector density = TLanes.Multiply(power, TLanes.Broadcast(0.39894228f));
        return TLanes.MultiplyAdd(x, density, Normal<TLanes, TVector>(x));
    }

    /// <summary>Φ(x), the normal distribution, to 1e-7.</summary>
    /// <remarks>
    /// Φ(x) = 1/2 + x p(x²), p the minimax polynomial of degree 15 on |x| ≤ 5.4 (computed by Remez exchange, error of Φ 6e-9), in a variable
    /// from -1 to 1, where its coefficients are small and alternate, so that nothing cancels. No division and no exponential: 23 operations.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Normal<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector inner = TLanes.Min(TLanes.Broadcast(GeluEnd), TLanes.Max(TLanes.Broadcast(-GeluEnd), x));
        TVector s = TLanes.MultiplyAdd(
            TLanes.Multiply(inner, inner), TLanes.Broadcast(2 / (GeluEnd * GeluEnd)), TLanes.Broadcast(-1));
        TVector p = TLanes.Broadcast(-0.000170357084f);
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(0.0004623739923f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(-0.0004249606719f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(0.0006496283159f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(-0.002038646217f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(0.003944094264f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(-0.006104510866f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(0.009473464793f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(-0.01419684822f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(0.01970153281f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(-0.02570083346f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(0.03210816183f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(-0.03921072266f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(0.04850005856f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(-0.06532795855f));
        p = TLanes.MultiplyAdd(p, s, TLanes.Broadcast(0.1309281085f));
        return TLanes.MultiplyAdd(inner, p, TLanes.Broadcast(0.5f));
    }

    /// <summary>The end of a row: <paramref name="count"/> numbers times <paramref name="factor"/>, then <paramref name="filling"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TVector LoadEnd<TLanes, TVector>(Pointer<float> source, nint offset, nint count, float filling, float factor = 1)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        float* memory = stackalloc float[MostLanes];
        var buffer = new Pointer<float>(memory, MostLanes);
        TLanes.Store(TLanes.Broadcast(filling), buffer, 0);
        for (nint i = 0; i < count; i++)
        {
            buffer[i] = source[offset + i] * factor;
        }

        return TLanes.Load(buffer, 0);
    }

    /// <summary>The end of a row: the first <paramref name="count"/> numbers of <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreEnd<TLanes, TVector>(TVector value, Pointer<float> target, nint offset, nint count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        float* memory = stackalloc float[MostLanes];
        var buffer = new Pointer<float>(memory, MostLanes);
        TLanes.Store(value, buffer, 0);
        for (nint i = 0; i < count; i++)
        {
            target[offset + i] = buffer[i];
        }
    }
}
