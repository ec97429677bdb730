using Picket.Compute;
using Picket.Training.Autograd;
using Picket.Training.Optimisation;

namespace Picket.Training.Tests.Optimisation;

public sealed class AdamWTests : IDisposable
{
    private readonly ComputeContext _context = new(new ComputeOptions { Threads = 2 });

    [Fact]
    public void Step_ThreeUpdates_FollowsTheSlowFormula()
    {
        var settings = new TrainingSettings { WeightDecay = 0.1, MaxGradientNorm = 0.5 };
        using Parameter weights = Create("w", 3, 50_000, decays: true);
        using Parameter bias = Create("b", 1, 7, decays: false);
        using var optimiser = new AdamW([weights, bias], settings, _context);
        float[] start = [.. weights.Values, .. bias.Values];
        double[] expected = [.. start.Select(static value => (double)value)];
        double[] means = new double[expected.Length];
        double[] variances = new double[expected.Length];
        for (int step = 1; step <= 3; step++)
        {
            double[] gradients = Fill([weights, bias], step);
            double norm = Math.Sqrt(gradients.Sum(static value => value * value));
            Assert.Equal(norm, optimiser.GradientNorm(), norm * 1e-9);
            optimiser.Step(step, 0.01, norm);
            for (int i = 0; i < expected.Length; i++)
            {
                double gradient = gradients[i] * Math.Min(1, 0.5 / norm);
                means[i] = (0.9 * means[i]) + (0.1 * gradient);
                variances[i] = (0.999 * variances[i]) + (0.001 * gradient * gradient);
                double root = Math.Sqrt(variances[i] / (1 - Math.Pow(0.999, step))) + 1e-8;
                double decay = i < weights.Values.Length ? 0.1 * expected[i] : 0;
                expected[i] -= 0.01 * (decay + (means[i] / (1 - Math.Pow(0.9, step)) / root));
            }
        }

        float[] actual = [.. weights.Values, .. bias.Values];
        Assert.All(Enumerable.Range(0, actual.Length / 97), i => Assert.Equal(expected[i * 97], actual[i * 97], 2e-5));
        Assert.Equal(expected[^1], actual[^1], 2e-5);
    }

    [Fact]
    public void Step_Done_LeavesGradientsOfZero()
    {
        using Parameter weights = Create("w", 2, 40_000, decays: true);
        using var optimiser = new AdamW([weights], new TrainingSettings(), _context);
        Fill([weights], 1);

        optimiser.Step(1, 0.1, optimiser.GradientNorm());

        Assert.False(weights.Gradients.ContainsAnyExcept(0f));
    }

    [Fact]
    public void GradientNorm_OneThreadOrTwo_IsTheSameBitForBit()
    {
        using var one = new ComputeContext(new ComputeOptions { Threads = 1 });
        using Parameter weights = Create("w", 5, 60_001, decays: true);
        Fill([weights], 3);
        using var alone = new AdamW([weights], new TrainingSettings(), one);
        using var shared = new AdamW([weights], new TrainingSettings(), _context);

        Assert.Equal(alone.GradientNorm(), shared.GradientNorm());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void GradientNorm_OneElementIsNoNumber_IsNoFiniteNumber(float damage)
    {
        using Parameter weights = Create("w", 5, 60_001, decays: true);
        using var optimiser = new AdamW([weights], new TrainingSettings(), _context);
        weights.Gradients[^1] = damage;

        Assert.False(double.IsFinite(optimiser.GradientNorm()));
    }

    [Fact]
    public void GradientNorm_SquaresBeyondFloats_IsFinite()
    {
        using Parameter weights = Create("w", 1, 4, decays: true);
        using var optimiser = new AdamW([weights], new TrainingSettings(), _context);
        weights.Gradients.Fill(1e30f);

        Assert.Equal(2e30, optimiser.GradientNorm(), 1e24);
    }

    public void Dispose() => _context.Dispose();

    private static Parameter Create(string name, int rows, int columns, bool decays)
    {
        var parameter = new Parameter(name, rows, columns, decays);
        var random = new Random(rows);
        foreach (ref float value in parameter.Values)
        {
            value = (float)((random.NextDouble() * 2) - 1);
        }

        return parameter;
    }

    private static double[] Fill(Parameter[] parameters, int seed)
    {
        var random = new Random(seed);
        var all = new List<double>();
        foreach (Parameter parameter in parameters)
        {
            foreach (ref float value in parameter.Gradients)
            {
                value = (float)((random.NextDouble() * 2) - 1);
                all.Add(value);
            }
        }

        return [.. all];
    }
}
