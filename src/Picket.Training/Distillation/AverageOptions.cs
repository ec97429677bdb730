namespace Picket.Training.Distillation;

/// <summary>Settings of an average of students.</summary>
public sealed record AverageOptions() : CombinationOptions("picket-average");
