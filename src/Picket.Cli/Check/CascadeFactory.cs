namespace Picket.Cli;

/// <summary>Loads the guards of <c>picket check</c>.</summary>
/// <param name="place">One guard, as for a <see cref="GuardFactory"/>; <see langword="null"/> for the cascade that comes with Picket.</param>
/// <param name="normalise">Whether the guards see the text normalised.</param>
/// <param name="threshold">Stands in for the guards' own; <see langword="null"/> keeps those.</param>
/// <param name="cancellationToken">Ends the loading.</param>
internal delegate ValueTask<GuardCascade> CascadeFactory(string? place, bool normalise, double? threshold, CancellationToken cancellationToken);
