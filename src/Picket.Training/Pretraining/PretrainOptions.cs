using Picket.Training.DebertaV2;
using Picket.Training.Optimisation;

namespace Picket.Training.Pretraining;

/// <summary>Settings of masked language modelling (Devlin et al. 2019, section 3.1).</summary>
public sealed record PretrainOptions
{
    /// <summary>The model.</summary>
    public StudentOptions Student { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = new()
    {
        Epochs = 1, BatchSize = 32, ChunkSize = 32, LearningRate = 5e-4, WarmupSteps = 500, WeightDecay = 0.01, Balanced = false, HeldOutShare = 0.01,
    };

    /// <summary>Share of tokens to be predicted; of those 80 % are masked, 10 % replaced by another token, 10 % left.</summary>
    public double MaskedShare { get; init; } = 0.15;

    /// <summary>Tokens of a row: texts are packed one after another, each in its special tokens, and cut to this length.</summary>
    public int RowTokens { get; init; } = 128;
}
