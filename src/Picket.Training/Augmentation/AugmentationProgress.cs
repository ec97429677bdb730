namespace Picket.Training.Augmentation;

/// <summary>How far an <see cref="Augmenter"/> is.</summary>
/// <param name="Done">Drafts that are decided on, and whose rows are there where they are kept.</param>
/// <param name="Total">Drafts in all.</param>
/// <param name="Kept">Drafts that were kept.</param>
/// <param name="Resumed">Answers that an earlier run had got.</param>
/// <param name="Answers">Answers in the journal.</param>
public readonly record struct AugmentationProgress(int Done, int Total, int Kept, int Resumed, int Answers);
