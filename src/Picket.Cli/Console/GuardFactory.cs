namespace Picket.Cli;

/// <summary>Loads the guard of a command.</summary>
/// <param name="place">A name, a folder or an address, as <see cref="GuardSource.Places"/> says; <see langword="null"/> for ngram.</param>
/// <param name="normalise">Whether the guard sees the text normalised.</param>
/// <param name="cancellationToken">Ends the loading.</param>
internal delegate ValueTask<IGuard> GuardFactory(string? place, bool normalise, CancellationToken cancellationToken);
