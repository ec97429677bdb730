namespace Picket.Models.Routing;

/// <summary>What a cascade is made of.</summary>
/// <remarks>Disposes the guards when it is disposed; a <see cref="GuardCascade"/> of the tiers owns them instead.</remarks>
/// <param name="Tiers">In the order in which they are asked.</param>
/// <param name="Threshold">Unsafe from this probability on; <see langword="null"/> takes the deciding guard's own.</param>
public sealed record CascadeParts(IReadOnlyList<CascadeTier> Tiers, double? Threshold = null) : IAsyncDisposable
{
    /// <summary>Disposes all guards.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (CascadeTier tier in Tiers)
        {
            await tier.Guard.DisposeAsync();
        }
    }
}
