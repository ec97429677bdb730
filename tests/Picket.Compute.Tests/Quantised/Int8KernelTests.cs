using Picket.Compute.Quantised;

namespace Picket.Compute.Tests.Quantised;

public sealed class Int8KernelTests
{
    [Fact]
    public void Kernel512_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel512<Int8Products512>>();

    [Fact]
    public void Kernel256_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel256<Int8Avx2Products>>();

    [Fact]
    public void Kernel256Vnni_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel256<Int8VnniProducts>>();

    [Fact]
    public void Kernel128Ssse3_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel128<Int8Ssse3Products>>();

    [Fact]
    public void Kernel128Arm_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel128<Int8ArmProducts>>();

    [Fact]
    public void Kernel128Portable_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel128<Int8PortableProducts>>();

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Kernels_LargestInputsAndWorstAllowedWeights_DoNotWrap(int sign)
    {
        // 127, 127, 4 of one sign are 258; the other five of the eight are as far on the other side.
        int[] eight = [127, 127, 4, -127, -127, -4, 0, 0];
        sbyte[] weights = [.. Enumerable.Range(0, 33 * 64).Select(i => (sbyte)(sign * eight[(i % 16 / 4 * 2) + (i % 2)]))];
        sbyte[] oneSided = [.. weights.Select(weight => (sbyte)(weight * sign > 0 ? weight : 0))];
        foreach (sbyte[] worst in (sbyte[][])[weights, oneSided])
        {
            AssertAll(worst, rows: 9, columns: 33, depth: 64, static (_, _) => 127);
        }
    }

    private static void AssertExact<TKernel>()
        where TKernel : struct, ITileKernel
    {
        Assert.SkipUnless(TKernel.IsSupported, $"this machine lacks the instructions of {typeof(TKernel)}");
        var random = new Random(1);
        for (int rows = 1; rows <= 17; rows++)
        {
            for (int columns = rows % 3 + 1; columns <= 50; columns += 7)
            {
                for (int depth = columns % 5 + 1; depth <= 70; depth += 9)
                {
                    sbyte[] weights = TestData.Weights(random, columns, depth);
                    AssertExact<TKernel>(weights, rows, columns, depth, (_, _) => random.Next(128));
                }
            }
        }
    }

    private static void AssertAll(sbyte[] weights, int rows, int columns, int depth, Func<int, int, int> input)
    {
        AssertExact<TileKernel128<Int8PortableProducts>>(weights, rows, columns, depth, input);
        AssertIfSupported<TileKernel128<Int8Ssse3Products>>(weights, rows, columns, depth, input);
        AssertIfSupported<TileKernel128<Int8ArmProducts>>(weights, rows, columns, depth, input);
        AssertIfSupported<TileKernel256<Int8Avx2Products>>(weights, rows, columns, depth, input);
        AssertIfSupported<TileKernel256<Int8VnniProducts>>(weights, rows, columns, depth, input);
        AssertIfSupported<TileKernel512<Int8Products512>>(weights, rows, columns, depth, input);
    }

    private static void AssertIfSupported<TKernel>(sbyte[] weights, int rows, int columns, int depth, Func<int, int, int> input)
        where TKernel : struct, ITileKernel
    {
        if (TKernel.IsSupported)
        {
            AssertExact<TKernel>(weights, rows, columns, depth, input);
        }
    }

    // Scales of one and no bias leave the integers, and floats hold those below 2^24 exactly.
    private static void AssertExact<TKernel>(sbyte[] weights, int rows, int columns, int depth, Func<int, int, int> input)
        where TKernel : struct, ITileKernel
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 1 });
        using var panels = new Packed(context, weights, columns);
        using var left = new QuantisedRows();
        left.Shape(rows, depth);
        for (int row = 0; row < rows; row++)
        {
            left.Scales.Span(rows)[row] = 1;
            left.Zeros.Span(rows)[row] = row * 7 % 128;
            for (int k = 0; k < left.Steps * Int8Panels.Step; k++)
            {
                left[row, k] = k < depth ? input(row, k) : 99;
            }
        }

        using var buffer = new AlignedBuffer<float>(rows * columns);
        var target = new Matrix<float>(buffer, rows, columns, columns);
        Int8Product.Multiply<TKernel>(context, left, panels.Weights, panels.Scales, panels.Bias, target, Activation.None);

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int expected = 0;
                for (int k = 0; k < depth; k++)
                {
                    expected += (left[row, k] - (row * 7 % 128)) * weights[(column * depth) + k];
                }

                Assert.True(expected == target[row][column], $"{rows} x {depth} x {columns} at [{row}, {column}]: {expected}, {target[row][column]}");
            }
        }
    }

    private sealed class Packed : IDisposable
    {
        public Packed(ComputeContext context, sbyte[] weights, int columns)
        {
            Weights = new Int8Panels(context, weights, columns);
            Scales = new AlignedBuffer<float>(Weights.Count * Int8Panels.Width);
            Bias = new AlignedBuffer<float>(Weights.Count * Int8Panels.Width);
            Scales.Span.Fill(1);
            Bias.Span.Clear();
        }

        public Int8Panels Weights { get; }

        public AlignedBuffer<float> Scales { get; }

        public AlignedBuffer<float> Bias { get; }

        public void Dispose()
        {
            Weights.Dispose();
            Scales.Dispose();
            Bias.Dispose();
        }
    }
}
