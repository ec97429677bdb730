using Picket.Data;
using Picket.Models.Formats;

namespace Picket.Training.NGram;

/// <summary>How far a training is.</summary>
/// <param name="Epoch">Epochs finished.</param>
/// <param name="Epochs">Epochs at most.</param>
/// <param name="Share">Done of the epoch under way, 0 to 1; 1 when an epoch has just ended.</param>
/// <param name="Loss">Mean cross-entropy of the epoch so far.</param>
/// <param name="HeldOutAuprc">AUPRC on the held-out rows, once the epoch has ended.</param>
public sealed record NGramTrainingProgress(int Epoch, int Epochs, double Share, double Loss, double? HeldOutAuprc);

/// <summary>One finished epoch.</summary>
/// <param name="Loss">Mean training cross-entropy.</param>
/// <param name="HeldOutAuprc">AUPRC on the held-out rows.</param>
public sealed record NGramEpoch(double Loss, double HeldOutAuprc);

/// <summary>A trained network.</summary>
/// <param name="Tensors">What <c>model.safetensors</c> is to hold.</param>
/// <param name="Temperature">Divides the logits.</param>
/// <param name="KeptEpoch">The epoch kept, counted from 1.</param>
/// <param name="History">Every epoch that was run.</param>
/// <param name="HeldOut">The examples that were not learned from.</param>
public sealed record NGramTrainingResult(
    IReadOnlyDictionary<string, Tensor> Tensors,
    double Temperature,
    int KeptEpoch,
    IReadOnlyList<NGramEpoch> History,
    IReadOnlyList<Example> HeldOut);
