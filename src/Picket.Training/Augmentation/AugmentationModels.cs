using Picket.Chat;

namespace Picket.Training.Augmentation;

/// <summary>A model and what it costs.</summary>
/// <param name="Generator">The caller's to dispose.</param>
/// <param name="Prices">Nothing when <see langword="null"/>.</param>
public sealed record AugmentationModel(IGenerator Generator, TokenPrices? Prices = null);

/// <summary>Who writes (METHODS.md 1.2 and 1.3). One generator may have several parts.</summary>
public sealed record AugmentationModels
{
    /// <summary>Writes the instructions; the paper's is Gemma-1.1-2b-it. Needed by <see cref="AugmentationStrategy.HarmAug"/>.</summary>
    public AugmentationModel? Generator { get; init; }

    /// <summary>Answers them as a model does that refuses; the paper's is Llama-3-8B-Instruct. <see langword="null"/> leaves the row out.</summary>
    public AugmentationModel? Refuser { get; init; }

    /// <summary>
    /// Answers them as a model does that complies; the paper's is a Llama-2-7B tuned for it. <see langword="null"/> leaves the row out.
    /// </summary>
    public AugmentationModel? Complier { get; init; }

    /// <summary>The model of a part; <see langword="null"/> where it is left out.</summary>
    internal AugmentationModel? Of(string part) => part switch
    {
        AnswerPart.Instruction => Generator,
        AnswerPart.Refusing => Refuser,
        _ => Complier,
    };
}
