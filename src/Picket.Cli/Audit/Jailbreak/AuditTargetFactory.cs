using Picket.Chat;

namespace Picket.Cli;

/// <summary>The model that is audited, the caller's to dispose; tests give their own.</summary>
internal delegate IGenerator AuditTargetFactory(AuditJailbreakSettings settings);
