using System.Runtime.Intrinsics;

namespace Picket.Compute;

/// <summary>
/// A dropout mask (Srivastava et al. 2014) that is computed, not stored: which elements are left out follows from the seed, the row and the
/// column alone, so that the backward pass finds the same ones on any number of threads.
/// </summary>
/// <param name="Rate">Probability that an element is left out, kept to 1/65,536; 0 to below 1.</param>
/// <param name="Seed">Picks the mask.</param>
public readonly record struct Dropout(float Rate, ulong Seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const ulong Factor1 = 0xBF58476D1CE4E5B9;
    private const ulong Factor2 = 0x94D049BB133111EB;
    private const int ElementsADraw = 4;

    /// <summary>Whether nothing is ever left out.</summary>
    public bool IsOff => Rate <= 0;

    /// <summary>Each element times 0 or 1 / (1 - rate), in place.</summary>
    /// <param name="values">A row.</param>
    /// <param name="row">Its number.</param>
    public void Apply(Span<float> values, long row)
    {
        if (IsOff)
        {
            return;
        }

        // 16 bits an element, four elements a draw of SplitMix64 (Steele et al. 2014).
        int limit = (int)MathF.Round(Rate * 65536);
        float scale = 1 / (1 - (limit / 65536f));
        ulong state = Mix(Seed + ((ulong)row * Golden));
        int done = Vector512.IsHardwareAccelerated ? Apply512(values, state, limit, scale)
            : Vector256.IsHardwareAccelerated ? Apply256(values, state, limit, scale)
            : 0;
        ApplyPlain(values[done..], state + (Golden * (ulong)(done / ElementsADraw)), limit, scale);
    }

    /// <summary>Eight draws at once, whose bits already lie as 32 elements; returns how many elements it did.</summary>
    internal static unsafe int Apply512(Span<float> values, ulong state, int limit, float scale)
    {
        int whole = values.Length - (values.Length % 32);
        Vector512<ulong> states = Vector512.Create(state) + (Vector512.CreateSequence(1UL, 1UL) * Golden);
        fixed (float* first = values)
        {
            var row = new Pointer<float>(first, values.Length);
            for (int i = 0; i < whole; i += 32)
            {
                Vector512<ulong> bits = (states ^ (states >>> 30)) * Factor1;
                bits = (bits ^ (bits >>> 27)) * Factor2;
                bits ^= bits >>> 31;
                states += Vector512.Create(unchecked(8 * Golden));
                (Vector512<uint> low, Vector512<uint> high) = Vector512.Widen(bits.AsUInt16());
                row.Store(Keep(row.Load512(i), low), i);
                row.Store(Keep(row.Load512(i + 16), high), i + 16);
            }
        }

        return whole;

        Vector512<float> Keep(Vector512<float> elements, Vector512<uint> drawn) =>
            Vector512.AndNot(elements * scale, Vector512.LessThan(drawn.AsInt32(), Vector512.Create(limit)).AsSingle());
    }

    /// <summary>Four draws at once, whose bits already lie as 16 elements; returns how many elements it did.</summary>
    internal static unsafe int Apply256(Span<float> values, ulong state, int limit, float scale)
    {
        int whole = values.Length - (values.Length % 16);
        Vector256<ulong> states = Vector256.Create(state) + (Vector256.CreateSequence(1UL, 1UL) * Golden);
        fixed (float* first = values)
        {
            var row = new Pointer<float>(first, values.Length);
            for (int i = 0; i < whole; i += 16)
            {
                Vector256<ulong> bits = (states ^ (states >>> 30)) * Factor1;
                bits = (bits ^ (bits >>> 27)) * Factor2;
                bits ^= bits >>> 31;
                states += Vector256.Create(unchecked(4 * Golden));
                (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(bits.AsUInt16());
                row.Store(Keep(row.Load256(i), low), i);
                row.Store(Keep(row.Load256(i + 8), high), i + 8);
            }
        }

        return whole;

        Vector256<float> Keep(Vector256<float> elements, Vector256<uint> drawn) =>
            Vector256.AndNot(elements * scale, Vector256.LessThan(drawn.AsInt32(), Vector256.Create(limit)).AsSingle());
    }

    private static void ApplyPlain(Span<float> values, ulong state, int limit, float scale)
    {
        for (int i = 0; i < values.Length; i += ElementsADraw)
        {
            state += Golden;
            ulong bits = Mix(state);
            int end = Math.Min(values.Length, i + ElementsADraw);
            for (int j = i; j < end; j++)
            {
                values[j] = (int)(bits & 0xFFFF) < limit ? 0 : values[j] * scale;
                bits >>= 16;
            }
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * Factor1;
        value = (value ^ (value >> 27)) * Factor2;
        return value ^ (value >> 31);
    }
}
