using System.ComponentModel.DataAnnotations;

namespace Picket.Server;

/// <summary>One API key: <c>Picket:Keys:NAME</c>.</summary>
public sealed class KeyOptions
{
    /// <summary>
    /// SHA-256 of the key, 64 hexadecimal digits. One round without salt is enough because the key is random (<c>picket key</c> makes 256 bits):
    /// there is nothing to guess that a slow hash would protect, and a slow hash would cost every request.
    /// </summary>
    public string Hash { get; init; } = "";

    /// <summary>What the key opens. Default: check alone.</summary>
    public IReadOnlyList<KeyScope> Scopes { get; init; } = [KeyScope.Check];

    /// <summary>Requests a minute, and as many at once; 0 for no limit. Default: 0.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinute { get; init; }
}
