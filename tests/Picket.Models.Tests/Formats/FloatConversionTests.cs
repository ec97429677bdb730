using Picket.Models.Formats;

namespace Picket.Models.Tests.Formats;

public sealed class FloatConversionTests
{
    private static readonly ushort[] s_all = [.. Enumerable.Range(0, 65536).Select(static bits => (ushort)bits)];

    [Fact]
    public void Widen_EveryHalf_IsExact() => AssertWidened(TensorType.F16, static bits => (float)BitConverter.UInt16BitsToHalf(bits));

    [Fact]
    public void Widen_EveryBrainFloat_IsExact() => AssertWidened(TensorType.BF16, static bits => BitConverter.UInt32BitsToSingle((uint)bits << 16));

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(37)]
    public void Widen_RestOfAVector_IsConverted(int length)
    {
        float[] widened = new float[length];

        FloatConversion.Widen(TensorType.F16, s_all.AsSpan(0x3C00, length), widened);

        Assert.Equal(s_all.Skip(0x3C00).Take(length).Select(static bits => (float)BitConverter.UInt16BitsToHalf(bits)), widened);
    }

    private static void AssertWidened(TensorType type, Func<ushort, float> expected)
    {
        float[] widened = new float[s_all.Length];
        FloatConversion.Widen(type, s_all, widened);
        for (int i = 0; i < widened.Length; i++)
        {
            float value = expected(s_all[i]);
            bool same = float.IsNaN(value)
                ? float.IsNaN(widened[i])
                : BitConverter.SingleToUInt32Bits(value) == BitConverter.SingleToUInt32Bits(widened[i]);
            Assert.True(same, $"{type} {i:X4}: expected {value}, found {widened[i]}");
        }
    }
}
