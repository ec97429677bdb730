namespace Picket.Chat;

/// <summary>How far an audit is.</summary>
/// <param name="Done">Trials that are answered, those of earlier runs included.</param>
/// <param name="Total">Trials of the plan.</param>
/// <param name="Resumed">Trials that an earlier run had answered.</param>
public sealed record AuditProgress(int Done, int Total, int Resumed);
