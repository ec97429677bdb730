using Picket.Chat;

namespace Picket.Server;

/// <summary>A policy in force.</summary>
/// <param name="Name">Its key in the configuration.</param>
/// <param name="Version">The version of the whole set it belongs to.</param>
/// <param name="Options">What it says.</param>
/// <param name="Cascade">The shared guards under its thresholds. It owns none of them and is not disposed.</param>
internal sealed record Policy(string Name, string Version, PolicyOptions Options, GuardCascade Cascade)
{
    /// <summary>How the proxy guards a call.</summary>
    public GuardingOptions Guarding { get; } = Options.Proxy.Guarding(Options.Shadow);

    /// <summary>What the proxy puts around a request; <see langword="null"/> for nothing.</summary>
    public BiasDefenseWording? Defense { get; } =
        Options.Proxy.BiasDefense == BiasDefenseMode.Off ? null : new BiasDefenseWording(Options.Proxy.Defense());
}
