using Picket.Training.Augmentation;

namespace Picket.Cli;

/// <summary>The models of a run, the caller's to dispose; tests give their own.</summary>
internal delegate Task<AugmentationModels> AugmentModelFactory(AugmentSettings settings, CancellationToken cancellationToken);
