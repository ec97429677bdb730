namespace Picket.Ablation;

/// <summary>What an augmentation brought. It holds no text.</summary>
/// <param name="Arm">Its arm's name.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Asked">Copies that were made, or prompts that were asked for.</param>
/// <param name="Kept">Those that no filter dropped.</param>
/// <param name="Added">Rows that are learned from, as many in either arm.</param>
/// <param name="Unsafe">Those of them labelled unsafe, copies by their row's label, written prompts by the teacher.</param>
/// <param name="Distinct2">Different pairs of neighbouring words over all such pairs, of all that were kept.</param>
/// <param name="SelfSimilarity">Mean Jaccard index of pairs of them.</param>
internal sealed record AddedRows(
    string Arm, int Seed, int Asked, int Kept, int Added, int Unsafe, double? Distinct2, double? SelfSimilarity);
