using Picket.Statistics;

namespace Picket.Training.Labelling;

/// <summary>How a teacher's hard labels compare with those that rows already have.</summary>
/// <param name="Rows">Rows, labelled or not.</param>
/// <param name="TeacherUnsafeRows">Rows that the teacher holds unsafe, labelled or not.</param>
/// <param name="BothUnsafe">Labelled rows that teacher and label hold unsafe.</param>
/// <param name="BothSafe">Labelled rows that both hold safe.</param>
/// <param name="TeacherUnsafeLabelSafe">Rows that only the teacher holds unsafe.</param>
/// <param name="TeacherSafeLabelUnsafe">Rows that only the label holds unsafe.</param>
public sealed record Disagreement(
    int Rows, int TeacherUnsafeRows, int BothUnsafe, int BothSafe, int TeacherUnsafeLabelSafe, int TeacherSafeLabelUnsafe)
{
    /// <summary>Rows that have a label.</summary>
    public int LabelledRows => BothUnsafe + BothSafe + Disagreeing;

    /// <summary>Labelled rows on which teacher and label differ.</summary>
    public int Disagreeing => TeacherUnsafeLabelSafe + TeacherSafeLabelUnsafe;

    /// <summary>Share of the labelled rows on which they agree; <see langword="null"/> without any.</summary>
    public double? Agreement => LabelledRows == 0 ? null : (double)(BothUnsafe + BothSafe) / LabelledRows;

    /// <summary>
    /// Cohen's kappa (Cohen 1960): agreement beyond what the two would reach by chance, 1 at most; <see langword="null"/> where either says the
    /// same of all rows, because it is 0 or undefined there whatever the agreement.
    /// </summary>
    public double? Kappa => CohenKappa.Of(BothUnsafe, BothSafe, TeacherUnsafeLabelSafe, TeacherSafeLabelUnsafe);
}

/// <summary>The rows of one source or category.</summary>
/// <param name="Name">The source or category, as the data gives it.</param>
/// <param name="Labels">How teacher and labels compare on them.</param>
public sealed record DisagreementGroup(string Name, Disagreement Labels);

/// <summary>Disagreement by source or by category.</summary>
/// <param name="Groups">Those with the most disagreeing rows first, at most <see cref="MaxGroups"/>; rows without a name are in none.</param>
/// <param name="GroupsLeftOut">Further groups that are not listed.</param>
public sealed record DisagreementBreakdown(IReadOnlyList<DisagreementGroup> Groups, int GroupsLeftOut)
{
    /// <summary>Groups listed at most.</summary>
    public const int MaxGroups = 50;
}

/// <summary>A labelled row whose label the teacher holds unlikely.</summary>
/// <param name="Row">The row's place in the input, from 1.</param>
/// <param name="Id">Its id; <see langword="null"/> where that is long or has blanks, and so may be a text.</param>
/// <param name="Source">Its source, if any.</param>
/// <param name="Category">Its category, if any.</param>
/// <param name="UnsafeProbability">The teacher's.</param>
/// <param name="LabelledUnsafe">The label it came with.</param>
public sealed record SurprisingRow(int Row, string? Id, string? Source, string? Category, double UnsafeProbability, bool LabelledUnsafe)
{
    /// <summary>The distance between probability and label, in [0, 1].</summary>
    public double Surprise => LabelledUnsafe ? 1 - UnsafeProbability : UnsafeProbability;
}

/// <summary>Rows with a probability in [<paramref name="Low"/>, <paramref name="High"/>), the last bin with its end, by their label.</summary>
/// <param name="Low">From this probability on.</param>
/// <param name="High">Up to this one.</param>
/// <param name="LabelledSafe">Rows labelled safe.</param>
/// <param name="LabelledUnsafe">Rows labelled unsafe.</param>
/// <param name="Unlabelled">Rows without a label.</param>
public sealed record ProbabilityBin(double Low, double High, int LabelledSafe, int LabelledUnsafe, int Unlabelled);
