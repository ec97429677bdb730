namespace Picket.Ablation;

/// <summary>A guard's figures on one set.</summary>
/// <param name="F1">At the guard's threshold.</param>
/// <param name="Auprc">Average precision.</param>
internal sealed record SetFigures(double F1, double Auprc);

/// <summary>One student of one arm and seed, measured; or the teacher, once.</summary>
/// <param name="Student">Its name.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Identity">What it was trained with.</param>
/// <param name="Rows">Rows it learned from.</param>
/// <param name="Figures">By set.</param>
internal sealed record Cell(string Student, string Arm, int Seed, string Identity, int Rows, IReadOnlyDictionary<string, SetFigures> Figures)
{
    /// <summary>The mean over the sets, each counting once.</summary>
    public SetFigures Mean => new(Figures.Values.Average(static set => set.F1), Figures.Values.Average(static set => set.Auprc));
}
