using Picket.Models.NGram;

namespace Picket.Training.NGram;

/// <summary>Settings of <see cref="NGramTrainer"/>. The defaults were chosen on held-out sources of the training data.</summary>
public sealed record NGramTrainerOptions
{
    /// <summary>A checkpoint holds the embeddings twice as floats and is read as one array.</summary>
    private const long MaxEmbeddingValues = 1 << 27;

    /// <summary>Which n-grams, and the size of the network; at most 2^27 embedding values.</summary>
    public NGramShape Shape { get; init; } = new();

    /// <summary>Passes over the data at most; 1 to 1,000. An epoch draws as many rows as there are, half of them unsafe.</summary>
    public int Epochs { get; init; } = 6;

    /// <summary>
    /// Epochs in a row that fall short of the best held-out AUPRC by more than <see cref="Tolerance"/> before training stops; at least 1.
    /// </summary>
    public int Patience { get; init; } = 2;

    /// <summary>
    /// The last epoch whose held-out AUPRC is within this of the best is kept; 0 to 0.2, 0 keeps the best. On sources that were left out
    /// of the training whole, AUPRC and false-positive rate still improve for epochs after held-out rows of known sources have peaked.
    /// </summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>Rows an update; 1 to 65,536.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Step of the embeddings' stochastic gradient descent, summed over the batch; falls linearly to 0.</summary>
    public float EmbeddingLearningRate { get; init; } = 20;

    /// <summary>Adam's step for the layers above; falls linearly to 0.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>Share of hidden units left out in each update; 0 to below 1.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>Probability that the targets give to the other class; 0 to 0.3.</summary>
    public float LabelSmoothing { get; init; } = 0.05f;

    /// <summary>How much more a word n-gram weighs than a character n-gram of the same rarity, before squaring; above 0.</summary>
    public float WordWeight { get; init; } = 3;

    /// <summary>Share of the rows that is held out, by a hash of the prompt, for early stopping and calibration; above 0 to 0.5.</summary>
    public double HeldOutShare { get; init; } = 0.05;

    /// <summary>Seed of initialisation, order and dropout. The result does not depend on the number of threads.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Every fault of the values, or nothing.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [.. Shape.Faults()];
        Require(
            (long)Shape.Dimension << Shape.BucketBits <= MaxEmbeddingValues,
            $"bucket_bits and dimension: expected at most 2^27 embedding values, found {Shape.Dimension} x 2^{Shape.BucketBits}");
        Require(Epochs is >= 1 and <= 1000, $"epochs: expected 1 to 1000, found {Epochs}");
        Require(Patience >= 1, $"patience: expected 1 or more, found {Patience}");
        Require(Tolerance is >= 0 and <= 0.2, $"tolerance: expected 0 to 0.2, found {Tolerance}");
        Require(BatchSize is >= 1 and <= 65536, $"batch size: expected 1 to 65536, found {BatchSize}");
        Require(EmbeddingLearningRate is > 0 and <= 1000, $"embedding learning rate: expected above 0 to 1000, found {EmbeddingLearningRate}");
        Require(LearningRate is > 0 and <= 1, $"learning rate: expected above 0 to 1, found {LearningRate}");
        Require(Dropout is >= 0 and < 1, $"dropout: expected 0 to below 1, found {Dropout}");
        Require(LabelSmoothing is >= 0 and <= 0.3f, $"label smoothing: expected 0 to 0.3, found {LabelSmoothing}");
        Require(WordWeight is > 0 and <= 100, $"word weight: expected above 0 to 100, found {WordWeight}");
        Require(HeldOutShare is > 0 and <= 0.5, $"held-out share: expected above 0 to 0.5, found {HeldOutShare}");
        return faults;

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="PicketException">Names all faults together.</exception>
    public void Validate()
    {
        if (Faults() is [_, ..] faults)
        {
            throw new PicketException(string.Join("; ", faults));
        }
    }
}
