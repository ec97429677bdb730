using Picket.Models;

namespace Picket.Cli;

/// <summary>The guards of the commands.</summary>
internal static class Guards
{
    public static ValueTask<IGuard> LoadAsync(string? directory, bool normalise, CancellationToken cancellationToken) =>
        GuardLoader.LoadAsync(directory, normalise, cancellationToken);
}
