namespace Picket.Server;

/// <summary>What a request asks to have judged; protocols that need more for their answer derive their own.</summary>
internal record CheckRequest(IReadOnlyList<GuardInput> Inputs);
