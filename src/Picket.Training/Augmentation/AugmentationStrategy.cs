namespace Picket.Training.Augmentation;

/// <summary>Where new rows come from.</summary>
public enum AugmentationStrategy
{
    /// <summary>Language models write instructions and responses (HarmAug, arXiv 2410.01524, section 3.2).</summary>
    HarmAug,

    /// <summary>Copies of the seed rows with words changed (<see cref="EdaAugmenter"/>): a baseline of the paper.</summary>
    Eda,

    /// <summary>Responses of the seed rows behind the prompts of others (<see cref="SwapStrategy"/>); Picket's own.</summary>
    Swap,

    /// <summary>Copies of the seed rows that name a group of people, with others in its place (<see cref="IdentitySwapStrategy"/>).</summary>
    IdentitySwap,

    /// <summary>None come: the seed rows alone, the baseline of plain distillation.</summary>
    None,
}
