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
        Epochs = 1,
        BatchSize = 32,
        ChunkSize = 32,
        LearningRate = 5e-4,
        WarmupSteps = 500,
        WeightDecay = 0.01,
        Balanced = false,
        HeldOutShare = 0.01,
    };

    /// <summary>Share of tokens to be predicted, above 0 to 0.9; of those 80 % are masked, 10 % replaced by another token, 10 % left.</summary>
    public double MaskedShare { get; init; } = 0.15;

    /// <summary>Tokens of a row at most, special ones included; a longer text becomes several rows. 16 to 65,536.</summary>
    public int RowTokens { get; init; } = 128;

    /// <summary>Whether texts are normalised first; <see langword="null"/> for what the start was trained with, yes for random weights.</summary>
    public bool? Normalise { get; init; }

    /// <summary>Every value that is out of range or missing, or nothing.</summary>
    public IReadOnlyList<SettingFault> Faults() =>
    [
        .. SettingFault.Of(
            (MaskedShare is > 0 and <= 0.9, "masked_share", "above 0 to 0.9", MaskedShare),
            (RowTokens is >= 16 and <= 65536, "row_tokens", "16 to 65536", RowTokens),
            (!Training.Balanced, "training.balanced", "false, as texts have no classes", "true")),
        .. Student.Faults().Select(static fault => fault.Under("student")),
        .. Training.Faults().Select(static fault => fault.Under("training")),
    ];

    /// <summary>Checks every value.</summary>
    /// <exception cref="PicketException">Names all faults together.</exception>
    public void Validate() => SettingFault.ThrowIfAny(Faults());
}
