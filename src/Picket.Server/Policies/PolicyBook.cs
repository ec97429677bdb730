namespace Picket.Server;

/// <summary>Holds the policies in force.</summary>
internal sealed class PolicyBook
{
    private volatile PolicySet? _current;

    /// <summary>The set in force.</summary>
    public PolicySet Current => _current ?? throw new InvalidOperationException("No policies before the start.");

    public void Replace(PolicySet policies) => _current = policies;
}
