namespace Picket.Training.Optimisation;

/// <summary>How a model is trained. The defaults are HarmAug's (METHODS: lr, decay, warm-up, batch, epochs, clipping of its code).</summary>
public sealed record TrainingSettings
{
    /// <summary>Passes over the rows; 1 to 1,000.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Updates at most, 0 or more; 0 for as many as the epochs have.</summary>
    public long Steps { get; init; }

    /// <summary>Rows an update; 1 to 65,536.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Rows a forward and backward pass; gradients are accumulated over the batch. 1 to the batch size.</summary>
    public int ChunkSize { get; init; } = 8;

    /// <summary>Tokens a forward and backward pass at most, unless a single row has more: a chunk ends before it would exceed them. 1 to 16,777,216.</summary>
    public int ChunkTokens { get; init; } = 8192;

    /// <summary>The learning rate after warm-up; above 0 to 1.</summary>
    public double LearningRate { get; init; } = 3e-5;

    /// <summary>Updates, 0 or more, over which the learning rate rises linearly from 0; then it falls linearly to 0 at the last update.</summary>
    public long WarmupSteps { get; init; } = 100;

    /// <summary>Decoupled weight decay, of weight matrices and embeddings alone; 0 to 1.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>Adam's decay of the first moment; 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's decay of the second moment; 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment; above 0 to 1.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The greatest norm of the whole gradient, 0 to 1,000,000; longer ones are scaled down to it. 0 for no limit.</summary>
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>Whether both classes are drawn equally often, with replacement; otherwise every row comes once an epoch.</summary>
    public bool Balanced { get; init; } = true;

    /// <summary>Updates between two evaluations on the held-out rows, 0 or more; 0 for one an epoch.</summary>
    public long EvaluateEvery { get; init; }

    /// <summary>Updates between two checkpoints; at least 1.</summary>
    public long CheckpointEvery { get; init; } = 200;

    /// <summary>Share of the rows that is held out by a hash of the prompt; above 0 to 0.5.</summary>
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Seed of everything that is left to chance.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Every value that is out of range, or nothing.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (Epochs is >= 1 and <= 1000, "epochs", "1 to 1000", Epochs),
        (Steps >= 0, "steps", "0 or more", Steps),
        (BatchSize is >= 1 and <= 65536, "batch_size", "1 to 65536", BatchSize),
        (ChunkSize >= 1 && ChunkSize <= Math.Max(1, BatchSize), "chunk_size", $"1 to the batch size, {BatchSize}", ChunkSize),
        (ChunkTokens is >= 1 and <= 1 << 24, "chunk_tokens", $"1 to {1 << 24}", ChunkTokens),
        (LearningRate is > 0 and <= 1, "learning_rate", "above 0 to 1", LearningRate),
        (WarmupSteps >= 0, "warmup_steps", "0 or more", WarmupSteps),
        (WeightDecay is >= 0 and <= 1, "weight_decay", "0 to 1", WeightDecay),
        (Beta1 is >= 0 and < 1, "beta1", "0 to below 1", Beta1),
        (Beta2 is >= 0 and < 1, "beta2", "0 to below 1", Beta2),
        (Epsilon is > 0 and <= 1, "epsilon", "above 0 to 1", Epsilon),
        (MaxGradientNorm is >= 0 and <= 1e6, "max_gradient_norm", "0 to 1000000", MaxGradientNorm),
        (EvaluateEvery >= 0, "evaluate_every", "0 or more", EvaluateEvery),
        (CheckpointEvery >= 1, "checkpoint_every", "1 or more", CheckpointEvery),
        (HeldOutShare is > 0 and <= 0.5, "held_out_share", "above 0 to 0.5", HeldOutShare));
}
