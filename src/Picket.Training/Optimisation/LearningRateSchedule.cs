namespace Picket.Training.Optimisation;

/// <summary>A learning rate that rises linearly from 0 over the warm-up and then falls linearly to 0 at the end of the last update.</summary>
/// <param name="Peak">The learning rate at the end of the warm-up.</param>
/// <param name="WarmupSteps">Updates of the warm-up; a training that has no more of them never leaves it.</param>
/// <param name="Steps">All updates.</param>
public readonly record struct LearningRateSchedule(double Peak, long WarmupSteps, long Steps)
{
    /// <summary>
    /// The learning rate of an update, the first of which is number 1. Hugging Face's <c>get_linear_schedule_with_warmup</c> gives its first
    /// update a rate of 0 and so wastes a batch; here update k has the rate that it reaches, so only the shape is the same.
    /// </summary>
    public double At(long step) =>
        step <= WarmupSteps
            ? Peak * step / WarmupSteps
            : Peak * (Steps - step + 1) / Math.Max(1, Steps - WarmupSteps + 1);
}
