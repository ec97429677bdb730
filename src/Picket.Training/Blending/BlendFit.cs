namespace Picket.Training.Blending;

/// <summary>What a guard, or a blend of several, is worth on rows that it did not learn from.</summary>
/// <param name="LogLoss">Mean cross-entropy of the labels, in nats.</param>
/// <param name="Auprc">Average precision.</param>
public sealed record BlendFigures(double LogLoss, double Auprc);

/// <summary>The weights of a blend.</summary>
/// <param name="Weights">One a member, from 0; fitted on all rows.</param>
/// <param name="Offset">Added to the weighted logits.</param>
/// <param name="LeftOut">
/// Places of the members, in the order in which they went, whose weight came out below 0: it was set to 0 and the others fitted again.
/// </param>
/// <param name="Members">Each member alone, on all rows.</param>
/// <param name="Blend">
/// The blend on all rows, each by weights that were fitted without the part it is in. On some hundred rows the AUPRC comes out too low, since
/// the parts' scores are on scales of their own; the log loss has no such fault.
/// </param>
/// <param name="CrossValidated">Those probabilities, in the order of the rows.</param>
public sealed record BlendFit(
    IReadOnlyList<double> Weights,
    double Offset,
    IReadOnlyList<int> LeftOut,
    IReadOnlyList<BlendFigures> Members,
    BlendFigures Blend,
    IReadOnlyList<double> CrossValidated);
