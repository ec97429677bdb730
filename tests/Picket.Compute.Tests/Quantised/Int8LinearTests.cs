using Picket.Testing;

namespace Picket.Compute.Tests.Quantised;

public sealed class Int8LinearTests
{
    [Theory]
    [InlineData(Activation.None)]
    [InlineData(Activation.Gelu)]
    public void Apply_EveryLevelAndNumberOfThreads_GivesTheSameBits(Activation activation)
    {
        float[] expected = Apply(SimdLevel.Vector128, threads: 1, activation);
        foreach (SimdLevel simd in SimdLevels.All)
        {
            for (int threads = 1; threads <= 4; threads++)
            {
                float[] found = Apply(simd, threads, activation);
                for (int i = 0; i < expected.Length; i++)
                {
                    // The levels may round the activation differently.
                    Assert.Equal(expected[i], found[i], activation == Activation.None ? 0 : 1e-5f);
                }
            }
        }
    }

    [Fact]
    public void Apply_Gaussian_IsWithinQuantisationErrorOfFloats()
    {
        const int Rows = 13, Inputs = 1024, Outputs = 67;
        var random = new Random(3);
        float[] input = TestData.Gaussian(random, Rows * Inputs);
        float[] weights = TestData.Gaussian(random, Outputs * Inputs, 0.02);
        float[] bias = TestData.Gaussian(random, Outputs);
        using var context = new ComputeContext();
        float[] found = Multiply(context, input, weights, bias, Rows, Activation.None);

        double error = 0;
        double signal = 0;
        for (int row = 0; row < Rows; row++)
        {
            for (int output = 0; output < Outputs; output++)
            {
                double exact = 0;
                for (int k = 0; k < Inputs; k++)
                {
                    exact += (double)input[(row * Inputs) + k] * weights[(output * Inputs) + k];
                }

                signal += exact * exact;
                error += Math.Pow(exact + bias[output] - found[(row * Outputs) + output], 2);
            }
        }

        // Inputs: a range of about 6.6 deviations in 127 steps is 2.2e-4 of the power; weights add less than that.
        Assert.InRange(Math.Sqrt(error / signal), 0.01, 0.022);
    }

    [Fact]
    public void Apply_SharedRows_GivesWhatEachGivesAlone()
    {
        using var context = new ComputeContext();
        using var first = Random(context, outputs: 40, inputs: 50, seed: 1);
        using var second = Random(context, outputs: 33, inputs: 50, seed: 2);
        using var buffer = new AlignedBuffer<float>(9 * 50);
        Matrix<float> input = TestData.Matrix(buffer, TestData.Gaussian(new Random(4), 9 * 50), 9, 50);
        using var rows = new QuantisedRows();
        using var scratch = new LinearScratch();
        using var shared = new MatrixBuffer<float>();
        using var alone = new MatrixBuffer<float>();

        rows.Quantise(context, input);
        foreach (Int8Linear linear in (Int8Linear[])[first, second])
        {
            Matrix<float> one = shared.Shape(9, linear.Outputs);
            Matrix<float> other = alone.Shape(9, linear.Outputs);
            linear.Apply(context, rows, one);
            linear.Apply(context, input, other, scratch);
            Assert.All(Enumerable.Range(0, 9), row => Assert.Equal(other[row].ToArray(), one[row].ToArray()));
        }
    }

    [Fact]
    public void Apply_OnceWarm_AllocatesNothing()
    {
        using var context = new ComputeContext();
        using var linear = Random(context, outputs: 40, inputs: 50, seed: 1);
        using var input = new MatrixBuffer<float>();
        using var output = new MatrixBuffer<float>();
        using var scratch = new LinearScratch();
        Matrix<float> source = input.Shape(20, 50);
        Matrix<float> target = output.Shape(20, 40);
        linear.Apply(context, source, target, scratch, Activation.Gelu);

        long allocated = Allocations.Least(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                linear.Apply(context, source, target, scratch, Activation.Gelu);
            }
        });

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Constructor_WeightsBeyondBound_SaysWhere()
    {
        using var context = new ComputeContext();
        sbyte[] weights = new sbyte[40 * 50];
        weights.AsSpan((35 * 50) + 16, 16).Fill(40);

        var fault = Assert.Throws<ArgumentException>(() => new Int8Linear(context, weights, new float[40], []));

        Assert.Contains("row 35 from input 16 on", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 9, 9)]
    [InlineData(0, 0, 0)]
    [InlineData(100, 10, 9)]
    public void Constructor_LengthsThatDoNotFit_AreRefused(int weights, int scales, int bias)
    {
        using var context = new ComputeContext();
        Assert.Throws<ArgumentException>(() => new Int8Linear(context, new sbyte[weights], new float[scales], new float[bias]));
    }

    [Fact]
    public void Apply_ShapesThatDoNotFit_AreRefused()
    {
        using var context = new ComputeContext();
        using var linear = Random(context, outputs: 40, inputs: 50, seed: 1);
        using var input = new MatrixBuffer<float>();
        using var output = new MatrixBuffer<float>();
        using var scratch = new LinearScratch();

        Assert.Throws<ArgumentException>(() => linear.Apply(context, input.Shape(3, 49), output.Shape(3, 40), scratch));
        Assert.Throws<ArgumentException>(() => linear.Apply(context, input.Shape(3, 50), output.Shape(4, 40), scratch));
        Assert.Throws<ArgumentException>(() => linear.Apply(context, input.Shape(3, 50), output.Shape(3, 39), scratch));
    }

    private static Int8Linear Random(ComputeContext context, int outputs, int inputs, int seed)
    {
        var random = new Random(seed);
        sbyte[] weights = TestData.Weights(random, outputs, inputs);
        return new Int8Linear(context, weights, TestData.Gaussian(random, outputs), TestData.Gaussian(random, outputs));
    }

    private static float[] Apply(SimdLevel simd, int threads, Activation activation)
    {
        var random = new Random(5);
        using var context = new ComputeContext(new ComputeOptions { Simd = simd, Threads = threads });
        float[] weights = TestData.Gaussian(random, 100 * 70, 0.02);
        return Multiply(context, TestData.Gaussian(random, 21 * 70), weights, TestData.Gaussian(random, 100), 21, activation);
    }

    private static float[] Multiply(ComputeContext context, float[] input, float[] weights, float[] bias, int rows, Activation activation)
    {
        sbyte[] numbers = new sbyte[weights.Length];
        float[] scales = new float[bias.Length];
        Int8Quantiser.QuantiseWeights(context, weights, numbers, scales);
        using var linear = new Int8Linear(context, numbers, scales, bias);
        using var inputs = new AlignedBuffer<float>(input.Length);
        using var outputs = new AlignedBuffer<float>(rows * linear.Outputs);
        using var scratch = new LinearScratch();
        linear.Apply(
            context,
            TestData.Matrix(inputs, input, rows, linear.Inputs),
            new Matrix<float>(outputs, rows, linear.Outputs, linear.Outputs),
            scratch,
            activation);
        return outputs.Span.ToArray();
    }
}
