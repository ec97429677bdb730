using System.Runtime.Intrinsics;
using Picket.Compute.Simd;

namespace Picket.Compute.Tests;

public sealed class HalvesTests
{
    [Fact]
    public void LoadHalves_EveryFiniteHalf_IsExactAtEveryWidth()
    {
        using var halves = new AlignedBuffer<ushort>(65536);
        using var floats = new AlignedBuffer<float>(65536);
        for (int i = 0; i < 65536; i++)
        {
            halves.Span[i] = (ushort)i;
        }

        Pointer<ushort> source = new Matrix<ushort>(halves, 1, 65536, 65536).Pointer;
        Pointer<float> target = new Matrix<float>(floats, 1, 65536, 65536).Pointer;
        foreach (SimdLevel level in SimdLevels.All)
        {
            floats.Span.Clear();
            switch (level)
            {
                case SimdLevel.Vector512:
                    Widen<Lanes512, Vector512<float>>(source, target);
                    break;
                case SimdLevel.Vector256:
                    Widen<Lanes256, Vector256<float>>(source, target);
                    break;
                default:
                    Widen<Lanes128, Vector128<float>>(source, target);
                    break;
            }

            for (int i = 0; i < 65536; i++)
            {
                if (!Half.IsFinite(BitConverter.UInt16BitsToHalf((ushort)i)))
                {
                    continue;
                }

                Assert.Equal((float)BitConverter.UInt16BitsToHalf((ushort)i), floats.Span[i]);
            }
        }
    }

    [Fact]
    public void Narrow_AnyFloat_RoundsAsTheConversionDoes()
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 200_000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)))];
        AssertNarrow([.. values.Where(static value => !float.IsNaN(value))]);
        AssertNarrow([.. Enumerable.Range(0, 200_000).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(2, random.Next(-28, 18)))]);
    }

    [Fact]
    public void Narrow_HalfwayBetweenHalves_RoundsToEven()
    {
        float[] values = [.. Enumerable.Range(0, 0x7BFF).Select(static i =>
            ((float)BitConverter.UInt16BitsToHalf((ushort)i) + (float)BitConverter.UInt16BitsToHalf((ushort)(i + 1))) / 2)];
        AssertNarrow(values);
        AssertNarrow([.. values.Select(static value => -value), 65504, 65519.996f, 65520, float.PositiveInfinity, float.NegativeInfinity, -0f]);
    }

    [Fact]
    public void Narrow_NotANumber_StaysOne()
    {
        ushort[] halves = new ushort[9];
        Halves.Narrow([.. Enumerable.Repeat(float.NaN, 9)], halves);
        Assert.All(halves, static half => Assert.True(Half.IsNaN(BitConverter.UInt16BitsToHalf(half))));
    }

    private static void Widen<TLanes, TVector>(Pointer<ushort> source, Pointer<float> target)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (nint i = 0; i < 65536; i += 2 * TLanes.Count)
        {
            (TVector low, TVector high) = TLanes.LoadHalves(source, i);
            TLanes.Store(low, target, i);
            TLanes.Store(high, target, i + TLanes.Count);
        }
    }

    private static void AssertNarrow(float[] values)
    {
        ushort[] halves = new ushort[values.Length];
        Halves.Narrow(values, halves);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(BitConverter.HalfToUInt16Bits((Half)values[i]), halves[i]);
        }
    }
}
