using Picket.Compute;
using Picket.Training.RouterTraining;

namespace Picket.Training.Tests.RouterTraining;

public sealed class RouterNetworkTrainingTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void Pass_AnyParameter_GradientIsThatOfFiniteDifferences(bool bayesian, int outputs)
    {
        RoutingRow[] rows = SyntheticPairs.Nonlinear(60, seed: 1);
        var options = new RouterTrainingOptions { Seed = 3 };
        using var data = new RouterData(rows, options);
        using var context = new ComputeContext(new ComputeOptions { Threads = 1 });
        using var training = new RouterNetworkTraining(data, outputs, hidden: 6, options, bayesian, context);
        foreach (PosteriorArray array in training.Layers.SelectMany(static layer => layer.Arrays))
        {
            array.Draw(0, SimdLevels.Best, 5);
        }

        float[] targets = [.. Enumerable.Range(0, data.Learned.Length * outputs).Select(static i => i % 3 == 0 ? 1f : 0f)];
        int[] batch = [0, 3, 7, 20, 20];
        foreach (PosteriorArray array in training.Layers.SelectMany(static layer => layer.Arrays))
        {
            training.Pass(batch, targets);
            float[] gradients = array.Gradients.ToArray();
            for (int i = 0; i < array.Length; i += 1 + (array.Length / 5))
            {
                Assert.Equal(Difference(array, i, () => training.Pass(batch, targets)), gradients[i], 2e-3);
            }
        }
    }

    [Fact]
    public void Step_NoGradientButTheDivergence_EndsAtThePrior()
    {
        using var array = new PosteriorArray(20, static () => 0.5f, 0.3);
        for (int step = 1; step <= 3000; step++)
        {
            array.Draw(0, SimdLevels.Best, (ulong)step);
            array.Gradients.Clear();
            array.Step(0, SimdLevels.Best, new AdamWStep(1e-3f, 0, 0, 0.999f, (float)(1 / (1 - Math.Pow(0.999, step))), 1e-8f, 1), 1, 0.1f);
        }

        Assert.All(array.Means.ToArray(), mean => Assert.InRange(mean, -0.01f, 0.01f));
        Assert.All(array.LogDeviations[..20].ToArray(), log => Assert.InRange(MathF.Exp(log), 0.095f, 0.105f));
    }

    [Fact]
    public void Draw_ManyWeights_HasTheMomentsOfANormal()
    {
        using var array = new PosteriorArray(200_000, static () => 0, 1);
        for (int block = 0; block < array.Blocks; block++)
        {
            array.Draw(block, SimdLevels.Best, 9);
        }

        double[] values = [.. array.Values.ToArray().Select(static value => (double)value)];
        Assert.InRange(values.Average(), -0.01, 0.01);
        Assert.InRange(values.Average(static x => x * x), 0.985, 1.015);
        Assert.InRange(values.Average(static x => x * x * x * x), 2.9, 3.1);
        Assert.InRange(values.Zip(values.Skip(1), static (x, next) => x * next).Average(), -0.01, 0.01);
        Assert.InRange(values.Zip(values.Skip(8), static (x, pair) => x * x * pair * pair).Average(), 0.95, 1.05);
    }

    private static double Difference(PosteriorArray array, int i, Func<double> loss)
    {
        const float Step = 1e-2f;
        float value = array.Values[i];
        array.Values[i] = value + Step;
        double above = loss();
        array.Values[i] = value - Step;
        double below = loss();
        array.Values[i] = value;
        return (above - below) / (2 * Step);
    }
}
