namespace Picket.Server;

/// <summary>A configuration with faults, all of them; each begins with the key's path.</summary>
public sealed class ConfigurationException : PicketException
{
    /// <summary>Creates the exception.</summary>
    public ConfigurationException(IReadOnlyList<string> faults)
        : base($"configuration: {string.Join("; ", faults)}") => Faults = faults;

    /// <summary>One line a fault.</summary>
    public IReadOnlyList<string> Faults { get; }
}
