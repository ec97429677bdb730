namespace Picket.Samples.AspNet;

/// <summary>What a client asks.</summary>
public sealed record Question(string Prompt);
