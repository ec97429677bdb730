namespace Picket.Ablation;

/// <summary>Everything that came out. It holds names and figures, and no text of a row.</summary>
internal sealed record AblationReport
{
    /// <summary>When it was finished, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The teacher.</summary>
    public required string Teacher { get; init; }

    /// <summary>What wrote the prompts.</summary>
    public required string Generator { get; init; }

    /// <summary>What all rows depend on.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>What the augmentations brought.</summary>
    public required IReadOnlyList<AddedRows> Added { get; init; }

    /// <summary>The teacher's figures.</summary>
    public required Cell TeacherFigures { get; init; }

    /// <summary>All students, by student, arm and seed.</summary>
    public required IReadOnlyList<Cell> Cells { get; init; }

    /// <summary>The paper's table 1, as far as it is the same experiment.</summary>
    public IReadOnlyList<PaperFigures> Paper => PaperFigures.Lines;
}
