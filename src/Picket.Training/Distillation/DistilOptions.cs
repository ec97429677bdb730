using Picket.Training.DebertaV2;
using Picket.Training.Optimisation;

namespace Picket.Training.Distillation;

/// <summary>Settings of a distillation. The defaults are HarmAug's (METHODS 1.5 and 1.6).</summary>
public sealed record DistilOptions
{
    /// <summary>What <see cref="KeepBest"/> may be.</summary>
    public static IReadOnlyList<string> Figures { get; } = ["auprc", "f1", "loss"];

    /// <summary>The student.</summary>
    public StudentOptions Student { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>λ of (1 - λ) KL(teacher, student) + λ BCE(label, student); 0 to 1. Rows without a teacher's probability have the second term alone.</summary>
    public double Lambda { get; init; } = 0.5;

    /// <summary>Whether the teacher's probability is made 0 or 1 at 0.5 first, which the paper found best (METHODS 1.4).</summary>
    public bool HardTeacher { get; init; } = true;

    /// <summary>What the teacher's logit is divided by before it is a probability again; above 0 to 1,000. 1 leaves it.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Which figure on the held-out rows decides what <c>best</c> is: one of <see cref="Figures"/>.</summary>
    public string KeepBest { get; init; } = "auprc";

    /// <summary>Whether the result is the last state instead of the best.</summary>
    public bool KeepLast { get; init; }

    /// <summary>The guard's name; 1 to 200 characters.</summary>
    public string Name { get; init; } = "picket-student";

    /// <summary>
    /// Whether a prompt without a response becomes a pair with an empty second text, <c>[CLS] prompt [SEP] [SEP]</c>, as HarmAug trains
    /// (METHODS 1.6). Off, it is <c>[CLS] prompt [SEP]</c>: what the engine, and HarmAug's own evaluation, give the student to judge.
    /// </summary>
    public bool EmptyResponseAsPair { get; init; }

    /// <summary>
    /// Whether texts are normalised, in training and then by the guard; <see langword="null"/> for what the start was trained with: yes
    /// from random weights and where its <c>guard.json</c> or <c>pretraining.json</c> says so, no for another folder of Hugging Face's.
    /// </summary>
    public bool? Normalise { get; init; }

    /// <summary>
    /// Whether a temperature and an offset are fitted on the held-out rows: the one goes to <c>guard.json</c>, the other to the classifier's
    /// bias. It undoes what balanced sampling does to the probabilities. Off for the paper's way.
    /// </summary>
    public bool Calibrate { get; init; } = true;

    /// <summary>Every value that is out of range or missing, or nothing.</summary>
    public IReadOnlyList<SettingFault> Faults() =>
    [
        .. SettingFault.Of(
            (Lambda is >= 0 and <= 1, "lambda", "0 to 1", Lambda),
            (Temperature is > 0 and <= 1000, "temperature", "above 0 to 1000", Temperature),
            (Figures.Contains(KeepBest), "keep_best", string.Join(" or ", Figures), KeepBest),
            (!string.IsNullOrWhiteSpace(Name) && Name.Length <= 200, "name", "1 to 200 characters", Name.Length == 0 ? "" : $"{Name.Length}")),
        .. Student.Faults().Select(static fault => fault.Under("student")),
        .. Training.Faults().Select(static fault => fault.Under("training")),
    ];

    /// <summary>Checks every value.</summary>
    /// <exception cref="PicketException">Names all faults together.</exception>
    public void Validate() => SettingFault.ThrowIfAny(Faults());
}
