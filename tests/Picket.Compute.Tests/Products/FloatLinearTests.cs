namespace Picket.Compute.Tests;

/// <summary>The linear map with its bias and activation, on every number of threads.</summary>
public sealed class FloatLinearTests
{
    public static TheoryData<SimdLevel, int> LevelsAndThreads
    {
        get
        {
            var data = new TheoryData<SimdLevel, int>();
            foreach (SimdLevel level in SimdLevels.All)
            {
                foreach (int threads in (int[])[1, 2, 3, 4])
                {
                    data.Add(level, threads);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void Apply_EveryRowCount_EqualsPlainLoop(SimdLevel simd, int threads)
    {
        using var context = new ComputeContext(new ComputeOptions { Simd = simd, Threads = threads });
        for (int rows = 0; rows <= 17; rows++)
        {
            AssertApply(context, rows, inputs: 21, outputs: 67, Activation.Gelu);
        }
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void Apply_EnoughRowsForSeveralBlocks_EqualsPlainLoop(SimdLevel simd, int threads)
    {
        using var context = new ComputeContext(new ComputeOptions { Simd = simd, Threads = threads });
        AssertApply(context, rows: 301, inputs: 17, outputs: 40, Activation.None);
        AssertApply(context, rows: 131, inputs: 33, outputs: 33, Activation.Gelu);
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void Apply_OneRowOfMany_IsTheSameAlone(SimdLevel simd, int threads)
    {
        using var alone = new ComputeContext(new ComputeOptions { Simd = simd, Threads = 1 });
        using var context = new ComputeContext(new ComputeOptions { Simd = simd, Threads = threads });
        using var scratch = new LinearScratch();
        using var weights = new TestMatrix(70, 50, seed: 1);
        using var input = new TestMatrix(140, 50, seed: 2);
        using var many = new TestMatrix(140, 70, seed: 3);
        using var one = new TestMatrix(140, 70, seed: 4);
        using var linear = new FloatLinear(weights.View, Values.Random(70, seed: 5), context);

        linear.Apply(context, input.View, many.View, scratch, Activation.Gelu);
        for (int row = 0; row < 140; row++)
        {
            linear.Apply(alone, input.View.SliceRows(row, 1), one.View.SliceRows(row, 1), scratch, Activation.Gelu);
        }

        Assert.Equal(one.Dense, many.Dense);
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void ApplyFirst_FewerOutputs_AreThoseOfAll(SimdLevel simd, int threads)
    {
        using var context = new ComputeContext(new ComputeOptions { Simd = simd, Threads = threads });
        using var scratch = new LinearScratch();
        using var weights = new TestMatrix(100, 50, seed: 1);
        using var input = new TestMatrix(19, 50, seed: 2);
        using var all = new TestMatrix(19, 100, seed: 3);
        using var first = new TestMatrix(19, 70, seed: 4);
        using var linear = new FloatLinear(weights.View, Values.Random(100, seed: 5), context);

        linear.Apply(context, input.View, all.View, scratch);
        linear.ApplyFirst(context, input.View, first.View);

        for (int row = 0; row < 19; row++)
        {
            Assert.Equal(all.View[row][..70].ToArray(), first.View[row].ToArray());
        }
    }

    [Fact]
    public void Apply_ShapesThatDoNotFit_AreRefused()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 1 });
        using var scratch = new LinearScratch();
        using var weights = new TestMatrix(6, 5, seed: 1);
        using var input = new TestMatrix(3, 5, seed: 2);
        using var output = new TestMatrix(3, 6, seed: 3);
        using var linear = new FloatLinear(weights.View, new float[6]);
        Assert.Throws<ArgumentException>(() => new FloatLinear(weights.View, new float[5]));
        Assert.Throws<ArgumentException>(() => linear.Apply(context, input.View.SliceColumns(0, 4), output.View, scratch));
        Assert.Throws<ArgumentException>(() => linear.Apply(context, input.View.SliceRows(0, 2), output.View, scratch));
        Assert.Throws<ArgumentException>(() => linear.Apply(context, input.View, output.View.SliceColumns(0, 5), scratch));
    }

    private static void AssertApply(ComputeContext context, int rows, int inputs, int outputs, Activation activation)
    {
        using var scratch = new LinearScratch();
        using var weights = new TestMatrix(outputs, inputs, seed: 1);
        using var input = new TestMatrix(rows, inputs, seed: rows);
        using var output = new TestMatrix(rows, outputs, seed: 3);
        float[] bias = Values.Random(outputs, seed: 4);
        float[] dense = weights.Dense;
        float[] turned = [.. Enumerable.Range(0, inputs * outputs).Select(i => dense[(i % outputs * inputs) + (i / outputs)])];
        using var linear = new FloatLinear(weights.View, bias, context);

        linear.Apply(context, input.View, output.View, scratch, activation);

        Values.AssertClose(Reference.Product(input.Dense, turned, bias, rows, inputs, outputs, activation), output.Dense, 1e-5);
        output.AssertGapsUntouched();
    }
}
