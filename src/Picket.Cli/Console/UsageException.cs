namespace Picket.Cli;

/// <summary>Words that can be read but do not go together.</summary>
internal sealed class UsageException(IReadOnlyList<string> faults) : Exception("bad usage")
{
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Throws when there is a fault, with all of them.</summary>
    public static void ThrowIfAny(IEnumerable<string> faults)
    {
        if (faults.ToArray() is [_, ..] found)
        {
            throw new UsageException(found);
        }
    }
}
