using Picket.Models.NGram;
using Picket.Training.NGram;

namespace Picket.Training.Tests.NGram;

/// <summary>Forward and backward pass against a slow network in doubles and its central differences.</summary>
public sealed class NGramParametersTests
{
    private const float Smoothing = 0.05f;
    private static readonly NGramShape s_shape = new() { BucketBits = 10, Dimension = 8, Hidden = 8 };
    private static readonly TrainingRow s_prompt = new([3, 10, 77, 500], null, Unsafe: true);
    private static readonly TrainingRow s_pair = new([3, 10, 77], [10, 200, 999], Unsafe: false);
    private readonly NGramParameters _parameters = Create();

    public static TheoryData<bool> Kinds => [false, true];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_Row_EqualsTheSlowNetwork(bool isPair)
    {
        TrainingRow row = isPair ? s_pair : s_prompt;
        var pass = new NGramPass(_parameters);

        float difference = _parameters.Run(row, pass, Learning());

        Assert.Equal(Difference(row), difference, 1e-5);
        Assert.Equal(Loss(row), pass.Loss, 1e-5);
        Assert.Equal(difference, _parameters.Run(row, pass));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_DenseGradient_EqualsCentralDifferences(bool isPair)
    {
        TrainingRow row = isPair ? s_pair : s_prompt;
        var pass = new NGramPass(_parameters);
        _parameters.Run(row, pass, Learning());

        for (int i = 0; i < _parameters.Dense.Length; i++)
        {
            Assert.Equal(Slope(_parameters.Dense, i, row), pass.Gradient[i], 2e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Step_EmbeddingGradient_EqualsCentralDifferences(bool isPair)
    {
        TrainingRow row = isPair ? s_pair : s_prompt;
        int[] rows = [.. row.Prompt.Concat(row.Response ?? []).Distinct()];
        double[] expected = [.. rows.SelectMany(b => Enumerable.Range(b * 8, 7)).Select(i => Slope(_parameters.Embeddings, i, row))];
        float[] before = [.. _parameters.Embeddings];

        Step(row, 0, 1024);

        float[] gradient = [.. before.Zip(_parameters.Embeddings, static (x, y) => x - y)];
        Assert.All(rows.SelectMany(static b => Enumerable.Range(b * 8, 7)), (at, i) => Assert.Equal(expected[i], gradient[at], 2e-6));
        Assert.True(expected.Max(Math.Abs) > 1e-3);
        Assert.Equal(rows.Order(), gradient.Index().Where(static value => value.Item != 0).Select(static value => value.Index / 8).Distinct());
        Assert.All(rows, b => Assert.Equal(0, _parameters.Embeddings[(b * 8) + 7]));
    }

    [Fact]
    public void Step_InParts_GivesTheSameBitsAsAtOnce()
    {
        NGramParameters whole = Create();
        var pass = new NGramPass(whole);
        whole.Run(s_pair, pass, Learning());
        whole.Step(s_pair.Prompt, pass.PooledGradient.AsSpan(0, 8), pass.PromptNorm, 1, 0, 1024);
        whole.Step(s_pair.Response!, pass.PooledGradient.AsSpan(8), pass.ResponseNorm, 1, 0, 1024);
        _parameters.Run(s_pair, pass, Learning());
        foreach ((int first, int end) in new[] { (0, 10), (10, 11), (11, 999), (999, 1024) })
        {
            _parameters.Step(s_pair.Prompt, pass.PooledGradient.AsSpan(0, 8), pass.PromptNorm, 1, first, end);
            _parameters.Step(s_pair.Response!, pass.PooledGradient.AsSpan(8), pass.ResponseNorm, 1, first, end);
        }

        Assert.Equal(whole.Embeddings, _parameters.Embeddings);
    }

    [Fact]
    public void Run_Dropout_LeavesOutItsShareAndScalesTheRest()
    {
        Array.Fill(_parameters.Dense, 1f, _parameters.HiddenBiasAt, 16);
        Array.Clear(_parameters.Dense, 0, _parameters.HiddenBiasAt);
        var pass = new NGramPass(_parameters);
        var units = new List<float>();
        for (int seed = 0; seed < 1000; seed++)
        {
            _parameters.Run(s_prompt, pass, new NGramLearning(0.25f, 0, new Random(seed)));
            units.AddRange(pass.Hidden);
        }

        Assert.Equal([0, 1 / 0.75f], units.Distinct().Order());
        Assert.Equal(0.25, units.Count(static unit => unit == 0) / (double)units.Count, 0.02);
    }

    [Fact]
    public void Run_NoBuckets_ReadsTheBiasesAlone()
    {
        var pass = new NGramPass(_parameters);

        float difference = _parameters.Run(new TrainingRow([], [], Unsafe: true), pass, Learning());

        Assert.Equal(Difference(new TrainingRow([], [], Unsafe: true)), difference, 1e-5);
        Assert.All(pass.Gradient, static value => Assert.True(float.IsFinite(value)));
    }

    private static NGramLearning Learning() => new(Dropout: 0, Smoothing, new Random(1));

    /// <summary>Parameters large enough that no hidden unit is near its kink.</summary>
    private static NGramParameters Create()
    {
        var random = new Random(3);
        float[] weights = [.. Enumerable.Range(0, 1024).Select(_ => 0.2f + random.NextSingle())];
        var parameters = new NGramParameters(s_shape, weights, seed: 4);
        for (int i = 0; i < parameters.Embeddings.Length; i++)
        {
            parameters.Embeddings[i] *= 50;
        }

        for (int i = parameters.HiddenBiasAt; i < parameters.Dense.Length; i++)
        {
            parameters.Dense[i] = random.NextSingle() - 0.5f;
        }

        return parameters;
    }

    private void Step(TrainingRow row, int first, int end)
    {
        var pass = new NGramPass(_parameters);
        _parameters.Run(row, pass, Learning());
        _parameters.Step(row.Prompt, pass.PooledGradient.AsSpan(0, 8), pass.PromptNorm, 1, first, end);
        _parameters.Step(row.Response ?? [], pass.PooledGradient.AsSpan(8), pass.ResponseNorm, 1, first, end);
    }

    private double Slope(float[] values, int at, TrainingRow row)
    {
        // Floats near the value, so that the step taken is known exactly; the loss around them is in doubles.
        float value = values[at];
        (float low, float high) = (value - 1e-3f, value + 1e-3f);
        values[at] = high;
        double above = Loss(row);
        values[at] = low;
        double below = Loss(row);
        values[at] = value;
        return (above - below) / ((double)high - low);
    }

    private double Loss(TrainingRow row)
    {
        double difference = Difference(row);
        double probability = 1 / (1 + Math.Exp(-difference));
        double target = row.Unsafe ? 1 - Smoothing : Smoothing;
        return (-target * Math.Log(probability)) - ((1 - target) * Math.Log(1 - probability));
    }

    private double Difference(TrainingRow row)
    {
        double[] pooled = [.. Pool(row.Prompt), .. Pool(row.Response ?? [])];
        double[] dense = [.. _parameters.Dense.Select(static value => (double)value)];
        double[] bias = dense[(_parameters.HiddenBiasAt + (row.Response is null ? 0 : 8))..];
        double[] hidden = [.. Enumerable.Range(0, 8).Select(i => Math.Max(0, bias[i] + Dot(dense[(i * 16)..], pooled)))];
        double[] logits = [.. Enumerable.Range(0, 2)
            .Select(c => dense[_parameters.HeadBiasAt + c] + Dot(dense[(_parameters.HeadWeightAt + (c * 8))..], hidden))];
        return logits[1] - logits[0];
    }

    private double[] Pool(int[] buckets)
    {
        double mass = buckets.Sum(b => (double)_parameters.Weights[b] * _parameters.Weights[b]);
        return [.. Enumerable.Range(0, 8).Select(c => mass == 0
            ? 0
            : buckets.Sum(b => (double)_parameters.Weights[b] * _parameters.Embeddings[(b * 8) + c]) / Math.Sqrt(mass))];
    }

    private static double Dot(double[] left, double[] right) => left.Zip(right, static (x, y) => x * y).Sum();
}
