using Picket.Compute;
using Picket.Models.NGram;

namespace Picket.Training.NGram;

/// <summary>The network of <see cref="NGramNetwork"/> in floats, with its forward and backward pass.</summary>
/// <remarks>
/// pooled = sum of w_b E_b / sqrt(sum of w_b^2) for each field; h = relu(W [prompt; response] + bias of the kind); logits = V h + v.
/// The last column of a row of E stays 0: its place holds w_b^2 in the quantised table.
/// </remarks>
internal sealed class NGramParameters
{
    public NGramParameters(NGramShape shape, float[] weights, int seed)
    {
        Shape = shape;
        Weights = weights;
        Width = shape.Dimension;
        Embeddings = new float[weights.Length * Width];
        Dense = new float[HeadBiasAt + 2];
        var random = new Random(seed);
        Fill(Embeddings, 0.01f, random);
        Fill(Dense.AsSpan(0, HiddenBiasAt), MathF.Sqrt(3f / Width), random);
        Fill(Dense.AsSpan(HeadWeightAt, 2 * shape.Hidden), MathF.Sqrt(3f / shape.Hidden), random);
        for (int row = 0; row < weights.Length; row++)
        {
            Embeddings[(row * Width) + Width - 1] = 0;
        }
    }

    public NGramShape Shape { get; }

    /// <summary>w_b of each bucket.</summary>
    public float[] Weights { get; }

    /// <summary>Buckets x <see cref="Width"/>.</summary>
    public float[] Embeddings { get; }

    /// <summary>All other parameters in one row, in the order of the offsets below, so that Adam is one loop.</summary>
    public float[] Dense { get; }

    public int Width { get; }

    public int HiddenBiasAt => Shape.Hidden * 2 * Width;

    public int HeadWeightAt => HiddenBiasAt + (2 * Shape.Hidden);

    public int HeadBiasAt => HeadWeightAt + (2 * Shape.Hidden);

    /// <summary>Runs one row forward and, where it is to learn from, backward.</summary>
    /// <param name="row">The row.</param>
    /// <param name="pass">Receives pooled vectors, hidden vector and, where it is learned from, loss and gradients.</param>
    /// <param name="learning">Regularisation of a pass that is learned from; <see langword="null"/> runs forward only.</param>
    /// <returns>The unsafe logit minus the safe one.</returns>
    public float Run(TrainingRow row, NGramPass pass, NGramLearning? learning = null)
    {
        pass.PromptNorm = Pool(row.Prompt, pass.Pooled.AsSpan(0, Width));
        pass.ResponseNorm = Pool(row.Response ?? [], pass.Pooled.AsSpan(Width));
        int biasAt = HiddenBiasAt + (row.Response is null ? 0 : Shape.Hidden);
        float keep = learning is null ? 1 : 1 / (1 - learning.Dropout);
        float difference = Dense[HeadBiasAt + 1] - Dense[HeadBiasAt];
        for (int i = 0; i < Shape.Hidden; i++)
        {
            float sum = Dense[biasAt + i] + Kernels.Dot(Dense.AsSpan(i * 2 * Width, 2 * Width), pass.Pooled);
            bool isOut = learning is not null && learning.Random.NextSingle() < learning.Dropout;
            pass.Hidden[i] = isOut ? 0 : Math.Max(0, sum) * keep;
            difference += pass.Hidden[i] * (Dense[HeadWeightAt + Shape.Hidden + i] - Dense[HeadWeightAt + i]);
        }

        if (learning is not null)
        {
            float target = row.Unsafe ? 1 - learning.LabelSmoothing : learning.LabelSmoothing;
            pass.Loss = Softplus(difference) - (target * difference);
            Backward(pass, biasAt, keep, error: (1 / (1 + MathF.Exp(-difference))) - target);
        }

        return difference;
    }

    /// <summary>The gradient of the cross-entropy of softmax(logits), for one row.</summary>
    private void Backward(NGramPass pass, int biasAt, float keep, float error)
    {
        Array.Clear(pass.Gradient);
        Array.Clear(pass.PooledGradient);
        pass.Gradient[HeadBiasAt] = -error;
        pass.Gradient[HeadBiasAt + 1] = error;
        for (int i = 0; i < Shape.Hidden; i++)
        {
            float hidden = pass.Hidden[i];
            if (hidden == 0)
            {
                continue;
            }

            pass.Gradient[HeadWeightAt + i] = -error * hidden;
            pass.Gradient[HeadWeightAt + Shape.Hidden + i] = error * hidden;
            float delta = error * keep * (Dense[HeadWeightAt + Shape.Hidden + i] - Dense[HeadWeightAt + i]);
            pass.Gradient[biasAt + i] = delta;
            Kernels.AddScaled(pass.Gradient.AsSpan(i * 2 * Width, 2 * Width), pass.Pooled, delta);
            Kernels.AddScaled(pass.PooledGradient, Dense.AsSpan(i * 2 * Width, 2 * Width), delta);
        }

        pass.PooledGradient[Width - 1] = 0;
        pass.PooledGradient[(2 * Width) - 1] = 0;
    }

    /// <summary>Steps the embeddings of one field's buckets that lie in [first, end) against the gradient of the pooled vector.</summary>
    public void Step(int[] buckets, ReadOnlySpan<float> pooledGradient, float norm, float learningRate, int first, int end)
    {
        int at = Array.BinarySearch(buckets, first);
        at = at < 0 ? ~at : at;
        while (at > 0 && buckets[at - 1] == first)
        {
            at--;
        }

        for (; at < buckets.Length && buckets[at] < end; at++)
        {
            int bucket = buckets[at];
            Kernels.AddScaled(Embeddings.AsSpan(bucket * Width, Width), pooledGradient, -learningRate * norm * Weights[bucket]);
        }
    }

    private float Pool(int[] buckets, Span<float> pooled)
    {
        pooled.Clear();
        float mass = 0;
        foreach (int bucket in buckets)
        {
            float weight = Weights[bucket];
            mass += weight * weight;
            Kernels.AddScaled(pooled, Embeddings.AsSpan(bucket * Width, Width), weight);
        }

        float norm = mass > 0 ? 1 / MathF.Sqrt(mass) : 0;
        foreach (ref float value in pooled)
        {
            value *= norm;
        }

        return norm;
    }

    private static float Softplus(float x) => Math.Max(x, 0) + MathF.Log(1 + MathF.Exp(-Math.Abs(x)));

    private static void Fill(Span<float> values, float bound, Random random)
    {
        foreach (ref float value in values)
        {
            value = ((random.NextSingle() * 2) - 1) * bound;
        }
    }
}

/// <summary>What one row's forward and backward pass leaves behind.</summary>
internal sealed class NGramPass(NGramParameters parameters)
{
    /// <summary>Prompt and response, side by side.</summary>
    public float[] Pooled { get; } = new float[2 * parameters.Width];

    public float[] Hidden { get; } = new float[parameters.Shape.Hidden];

    /// <summary>Gradient of <see cref="NGramParameters.Dense"/>.</summary>
    public float[] Gradient { get; } = new float[parameters.Dense.Length];

    public float[] PooledGradient { get; } = new float[2 * parameters.Width];

    /// <summary>1 / sqrt(sum of squared weights) of the prompt's buckets.</summary>
    public float PromptNorm { get; set; }

    /// <summary>The same of the response's buckets.</summary>
    public float ResponseNorm { get; set; }

    public float Loss { get; set; }
}

/// <summary>Regularisation of one learning pass.</summary>
/// <param name="Dropout">Share of hidden units left out; the rest are scaled up.</param>
/// <param name="LabelSmoothing">Probability that the targets give to the other class.</param>
/// <param name="Random">Draws the units; seeded by row and step, so that threads do not matter.</param>
internal sealed record NGramLearning(float Dropout, float LabelSmoothing, Random Random);
