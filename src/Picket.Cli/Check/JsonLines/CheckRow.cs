namespace Picket.Cli;

/// <summary>A row to be checked.</summary>
internal readonly record struct CheckRow(RowName Name, GuardInput Input);
