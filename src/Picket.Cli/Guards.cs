namespace Picket.Cli;

/// <summary>The guards of the commands.</summary>
internal static class Guards
{
    public static ValueTask<IGuard> LoadAsync(string? directory, bool normalise, CancellationToken cancellationToken) =>
        throw new PicketException("no guard");
}
