using Picket.Data;

namespace Picket.Training.Augmentation;

/// <summary>A text that may become rows.</summary>
/// <param name="Number">Its place in the order, from 0.</param>
/// <param name="Id">What its rows are named after.</param>
/// <param name="Parent">The seed row that it comes from.</param>
/// <param name="Text">The instruction; empty where there is none.</param>
/// <param name="Dropped">Why there is none, one of <see cref="DropRules"/>; else <see langword="null"/>.</param>
internal sealed record Draft(int Number, string Id, Example Parent, string Text, string? Dropped)
{
    /// <summary>It was asked for as harmless.</summary>
    public bool Benign { get; init; }

    /// <summary>Rows that will be made of it.</summary>
    public required int Rows { get; init; }

    /// <summary>Those of them that count as unsafe.</summary>
    public required int UnsafeRows { get; init; }

    /// <summary>Names no text.</summary>
    public override string ToString() => $"Draft {{ {Id}, {Text.Length} characters, {Dropped ?? "whole"} }}";
}
