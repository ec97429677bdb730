namespace Picket.Ablation;

/// <summary>Names of the files of rows in the work folder.</summary>
/// <param name="work">The work folder.</param>
internal sealed class RowFiles(string work)
{
    /// <summary>The seed rows, labelled by the teacher.</summary>
    public string Seeds => Path.Combine(work, "rows", "seeds.jsonl.gz");

    /// <summary>The seed rows as they were chosen.</summary>
    public string Chosen => Path.Combine(work, "rows", "chosen.jsonl.gz");

    /// <summary>All rows that an augmentation made.</summary>
    public string Made(Arm arm, int seed) => Of(arm, seed, "made.jsonl.gz");

    /// <summary>Its report.</summary>
    public string Report(Arm arm, int seed) => Of(arm, seed, "report.json");

    /// <summary>The rows that are added, before the teacher labels them.</summary>
    public string Picked(Arm arm, int seed) => Of(arm, seed, "picked.jsonl.gz");

    /// <summary>The rows that are added.</summary>
    public string Added(Arm arm, int seed) => Of(arm, seed, "added.jsonl.gz");

    private string Of(Arm arm, int seed, string name) => Path.Combine(work, "rows", $"{arm.NameOf()}-{seed}-{name}");
}
