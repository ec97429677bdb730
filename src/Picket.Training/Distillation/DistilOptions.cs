using Picket.Training.DebertaV2;
using Picket.Training.Optimisation;

namespace Picket.Training.Distillation;

/// <summary>Settings of a distillation. The defaults are HarmAug's (METHODS 1.5 and 1.6).</summary>
public sealed record DistilOptions
{
    /// <summary>The student.</summary>
    public StudentOptions Student { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>λ of (1 - λ) KL(teacher, student) + λ BCE(label, student); 0 to 1. Rows without a teacher's probability have the second term alone.</summary>
    public double Lambda { get; init; } = 0.5;

    /// <summary>Whether the teacher's probability is made 0 or 1 at 0.5 first, which the paper found best (METHODS 1.4).</summary>
    public bool HardTeacher { get; init; } = true;

    /// <summary>What the teacher's logit is divided by before it is a probability again; above 0. 1 leaves it.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Which figure on the held-out rows decides what <c>best</c> is: auprc, f1 or loss.</summary>
    public string KeepBest { get; init; } = "auprc";

    /// <summary>Whether the result is the last state instead of the best.</summary>
    public bool KeepLast { get; init; }

    /// <summary>The guard's name.</summary>
    public string Name { get; init; } = "picket-student";
}
