namespace Picket.Compute.Tests;

public sealed class HalfLinearTests
{
    public static TheoryData<SimdLevel, int> LevelsAndThreads => FloatLinearTests.LevelsAndThreads;

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void Apply_AnyShape_EqualsFloatsOfTheSameWeights(SimdLevel simd, int threads)
    {
        using var context = new ComputeContext(new ComputeOptions { Simd = simd, Threads = threads });
        using var scratch = new LinearScratch();
        var random = new Random(threads);
        for (int rows = 0; rows <= 17; rows++)
        {
            int inputs = random.Next(1, 70);
            int outputs = random.Next(1, 100);
            using var weights = new TestMatrix(outputs, inputs, seed: 1);
            Round(weights.View);
            using var bits = new AlignedBuffer<ushort>((long)outputs * inputs);
            var halves = new Matrix<ushort>(bits, outputs, inputs, inputs);
            Bits(weights.View, halves);
            float[] bias = Values.Random(outputs, seed: 2);
            using var exact = new FloatLinear(weights.View, bias);
            using var fromFloats = new HalfLinear(weights.View, bias, context);
            using var fromHalves = new HalfLinear(halves, bias);
            float[] expected = Apply(exact, context, scratch, rows);
            Assert.Equal(expected, Apply(fromFloats, context, scratch, rows));
            Assert.Equal(expected, Apply(fromHalves, context, scratch, rows));
        }
    }

    [Fact]
    public void Apply_DepthOfSeveralStrips_EqualsFloatsOfTheSameWeights()
    {
        using var context = new ComputeContext();
        using var scratch = new LinearScratch();
        using var weights = new TestMatrix(35, 300, seed: 1);
        Round(weights.View);
        using var exact = new FloatLinear(weights.View, new float[35]);
        using var halves = new HalfLinear(weights.View, new float[35], context);
        Assert.Equal(Apply(exact, context, scratch, 70), Apply(halves, context, scratch, 70));
    }

    [Theory]
    [InlineData(65520f)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.NaN)]
    public void Constructor_WeightThatNoHalfHolds_IsRefused(float weight)
    {
        using var context = new ComputeContext();
        using var weights = new TestMatrix(35, 140, seed: 1);
        weights.View[33][131] = weight;
        Assert.Throws<ArgumentException>(() => new HalfLinear(weights.View, new float[35], context));
        Assert.Throws<ArgumentException>(() => new HalfLinear(weights.View, new float[35]));
    }

    private static float[] Apply(Linear linear, ComputeContext context, LinearScratch scratch, int rows)
    {
        using var input = new TestMatrix(rows, linear.Inputs, seed: rows);
        using var output = new TestMatrix(rows, linear.Outputs, seed: 3);
        linear.Apply(context, input.View, output.View, scratch, Activation.Gelu);
        output.AssertGapsUntouched();
        return output.Dense;
    }

    private static void Round(Matrix<float> weights)
    {
        for (int row = 0; row < weights.Rows; row++)
        {
            foreach (ref float weight in weights[row])
            {
                weight = (float)(Half)weight;
            }
        }
    }

    private static void Bits(Matrix<float> weights, Matrix<ushort> halves)
    {
        for (int row = 0; row < weights.Rows; row++)
        {
            for (int i = 0; i < weights.Columns; i++)
            {
                halves[row][i] = BitConverter.HalfToUInt16Bits((Half)weights[row][i]);
            }
        }
    }
}
