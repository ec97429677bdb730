namespace Picket.Server;

/// <summary>What an API key opens.</summary>
public enum KeyScope
{
    /// <summary>The services that judge texts.</summary>
    Check,

    /// <summary>The guarding proxy.</summary>
    Proxy,

    /// <summary>Metrics, the policies in force, and their reload.</summary>
    Admin,
}
