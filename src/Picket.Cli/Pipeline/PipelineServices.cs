namespace Picket.Cli;

/// <summary>What the stages of a pipeline are run with; tests give their own.</summary>
/// <param name="Streams">Where progress is shown.</param>
/// <param name="Models">The models of <c>augment</c>.</param>
/// <param name="Guards">The guards of <c>label</c> and <c>eval</c>.</param>
/// <param name="Distil">Distils.</param>
/// <param name="Clock">Dates the journal and the reports.</param>
internal sealed record PipelineServices(
    StandardStreams Streams, AugmentModelFactory Models, GuardFactory Guards, DistilTraining Distil, TimeProvider Clock);
