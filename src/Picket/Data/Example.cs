using System.Text.Json;

namespace Picket.Data;

/// <summary>One labelled (or to be labelled) row: the unit of every data set that Picket reads and writes.</summary>
public sealed record Example
{
    /// <summary>Unique within its data set. Readers of formats without one give <c>source:row</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What the user asked.</summary>
    public required string Prompt { get; init; }

    /// <summary>What the model answered; <see langword="null"/> when the prompt is judged.</summary>
    public string? Response { get; init; }

    /// <summary>The label; <see langword="null"/> when not labelled. With a response it labels the response.</summary>
    public bool? Unsafe { get; init; }

    /// <summary>A teacher's probability in [0, 1].</summary>
    public double? UnsafeProbability { get; init; }

    /// <summary>The category the source gives.</summary>
    public string? Category { get; init; }

    /// <summary>The data set the row comes from.</summary>
    public string? Source { get; init; }

    /// <summary>The part of the data set: train, test.</summary>
    public string? Split { get; init; }

    /// <summary>The row this one was made from by augmentation.</summary>
    public string? ParentId { get; init; }

    /// <summary>Fields that Picket does not know, kept as read and written back; <see langword="null"/> when there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? UnknownFields { get; init; }

    /// <summary>The row as a guard sees it.</summary>
    public GuardInput ToInput() => new(Prompt, Response);

    /// <summary>Names the row and never the text.</summary>
    public override string ToString() => $"Example {{ Id = {Id}, Source = {Source}, Unsafe = {Unsafe} }}";
}
