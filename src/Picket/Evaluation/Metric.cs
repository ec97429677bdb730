namespace Picket.Evaluation;

/// <summary>The place of each figure in a vector of metric values.</summary>
internal enum Metric
{
    F1,
    Precision,
    Recall,
    Accuracy,
    FalsePositiveRate,
    BestF1,
    BestF1Threshold,
    Auprc,
    Auroc,
    RecallAtFpr1,
    RecallAtFpr5,
    Ece,
    Brier,
}
