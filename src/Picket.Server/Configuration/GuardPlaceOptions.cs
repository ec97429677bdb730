namespace Picket.Server;

/// <summary>Which guards judge: <c>Picket:Guards</c>.</summary>
public sealed class GuardPlaceOptions
{
    /// <summary>In the place of a large guard: there is none.</summary>
    public const string None = "none";

    /// <summary>
    /// The small guard: the name of one that comes with Picket (<c>ngram</c>, <c>transformer</c>), a bundle's folder, or the address of a server
    /// (<see cref="Picket.Chat.RemoteGuards"/>). Default: <c>ngram</c>.
    /// </summary>
    public string Small { get; init; } = Picket.Models.EmbeddedGuards.NGram;

    /// <summary>The guard that is asked where the small one is unsure, named likewise, or <c>none</c>. Default: <c>transformer</c>, where it is there.</summary>
    public string Large { get; init; } =
        Picket.Models.EmbeddedGuards.Names.Contains(Picket.Models.EmbeddedGuards.Transformer) ? Picket.Models.EmbeddedGuards.Transformer : None;

    /// <summary>
    /// A <c>cascade.json</c> (docs/routing.md): any number of guards and the routers between them, in the place of <see cref="Small"/> and
    /// <see cref="Large"/>, which are not read then. Its failure mode and timeout, where it has them, go before a policy's; its threshold holds
    /// where a policy has none. Default: none.
    /// </summary>
    public string? Cascade { get; init; }

    /// <summary>Whether the guards see texts normalised. Default: yes.</summary>
    public bool Normalise { get; init; } = true;

    /// <summary>The environment variable with the key of a guard that is a server. Default: <c>PICKET_API_KEY</c>.</summary>
    public string KeyVariable { get; init; } = "PICKET_API_KEY";
}
