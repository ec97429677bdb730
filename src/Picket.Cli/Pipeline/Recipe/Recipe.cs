namespace Picket.Cli;

/// <summary>What a recipe comes to.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Folder">Where everything goes.</param>
/// <param name="Stages">What is to be done, in this order.</param>
internal sealed record Recipe(string Path, string Folder, IReadOnlyList<PipelineStage> Stages);
