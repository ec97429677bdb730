namespace Picket.Training.Optimisation;

/// <summary>How a model is trained. The defaults are HarmAug's (METHODS: lr, decay, warm-up, batch, epochs, clipping of its code).</summary>
public sealed record TrainingSettings
{
    /// <summary>Passes over the rows; 1 to 1,000.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Updates at most; 0 for as many as the epochs have.</summary>
    public long Steps { get; init; }

    /// <summary>Rows an update; 1 to 65,536.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Rows a forward and backward pass; gradients are accumulated over the batch. 1 to the batch size.</summary>
    public int ChunkSize { get; init; } = 8;

    /// <summary>Tokens a forward and backward pass at most, unless a single row has more: a chunk ends before it would exceed them.</summary>
    public int ChunkTokens { get; init; } = 8192;

    /// <summary>The learning rate after warm-up; above 0 to 1.</summary>
    public double LearningRate { get; init; } = 3e-5;

    /// <summary>Updates over which the learning rate rises linearly from 0; then it falls linearly to 0 at the last update.</summary>
    public long WarmupSteps { get; init; } = 100;

    /// <summary>Decoupled weight decay, of weight matrices and embeddings alone; 0 to 1.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>Adam's decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The greatest norm of the whole gradient; longer ones are scaled down to it. 0 for no limit.</summary>
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>Whether both classes are drawn equally often, with replacement; otherwise every row comes once an epoch.</summary>
    public bool Balanced { get; init; } = true;

    /// <summary>Updates between two evaluations on the held-out rows; 0 for one an epoch.</summary>
    public long EvaluateEvery { get; init; }

    /// <summary>Updates between two checkpoints; from 1.</summary>
    public long CheckpointEvery { get; init; } = 200;

    /// <summary>Share of the rows that is held out by a hash of the prompt; above 0 to 0.5.</summary>
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Seed of everything that is left to chance.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Every fault of the values, or nothing.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        Require(Epochs is >= 1 and <= 1000, $"epochs: expected 1 to 1000, found {Epochs}");
        Require(Steps >= 0, $"steps: expected 0 or more, found {Steps}");
        Require(BatchSize is >= 1 and <= 65536, $"batch_size: expected 1 to 65536, found {BatchSize}");
        Require(ChunkSize >= 1 && ChunkSize <= BatchSize, $"chunk_size: expected 1 to the batch size, {BatchSize}, found {ChunkSize}");
        Require(ChunkTokens >= 1, $"chunk_tokens: expected 1 or more, found {ChunkTokens}");
        Require(LearningRate is > 0 and <= 1, $"learning_rate: expected above 0 to 1, found {LearningRate}");
        Require(WarmupSteps >= 0, $"warmup_steps: expected 0 or more, found {WarmupSteps}");
        Require(WeightDecay is >= 0 and <= 1, $"weight_decay: expected 0 to 1, found {WeightDecay}");
        Require(Beta1 is >= 0 and < 1, $"beta1: expected 0 to below 1, found {Beta1}");
        Require(Beta2 is >= 0 and < 1, $"beta2: expected 0 to below 1, found {Beta2}");
        Require(Epsilon is > 0 and <= 1, $"epsilon: expected above 0 to 1, found {Epsilon}");
        Require(MaxGradientNorm is >= 0 and <= 1e6, $"max_gradient_norm: expected 0 to 1000000, found {MaxGradientNorm}");
        Require(EvaluateEvery >= 0, $"evaluate_every: expected 0 or more, found {EvaluateEvery}");
        Require(CheckpointEvery >= 1, $"checkpoint_every: expected 1 or more, found {CheckpointEvery}");
        Require(HeldOutShare is > 0 and <= 0.5, $"held_out_share: expected above 0 to 0.5, found {HeldOutShare}");
        return faults;

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
