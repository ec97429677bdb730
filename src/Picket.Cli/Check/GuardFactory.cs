namespace Picket.Cli;

/// <summary>Loads the guard of a command.</summary>
/// <param name="directory">The bundle, or a server's address; <see langword="null"/> for the one that comes with Picket.</param>
/// <param name="normalise">Whether the guard sees the text normalised.</param>
/// <param name="cancellationToken">Ends the loading.</param>
internal delegate ValueTask<IGuard> GuardFactory(string? directory, bool normalise, CancellationToken cancellationToken);
