namespace Picket.Server;

/// <summary>What is settled when the server starts and holds until it ends.</summary>
/// <param name="Options">The configuration it started with.</param>
/// <param name="Fixed">What of the configuration needs a restart, as it was read.</param>
/// <param name="Fingerprint">The configuration file's, as it was read.</param>
/// <param name="Routes">The names of all routes.</param>
/// <param name="Guards">The guards, shared by all policies.</param>
/// <param name="Clock">The clock of deadlines, limits and timings.</param>
internal sealed record ServerState(
    ServerOptions Options,
    IReadOnlyList<string> Fixed,
    string? Fingerprint,
    IReadOnlyList<string> Routes,
    ServerGuards Guards,
    TimeProvider Clock);
