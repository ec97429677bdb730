namespace Picket.Data;

/// <summary>A format that <see cref="ExampleReader"/> reads.</summary>
/// <param name="Name">The name that forces it.</param>
/// <param name="Description">What it is, in one line.</param>
/// <param name="Label">How <see cref="Example.Unsafe"/> is filled, in one line.</param>
public sealed record ExampleFormat(string Name, string Description, string Label);
