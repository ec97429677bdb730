namespace Picket.Server;

/// <summary>A route that can be asked to judge the canary.</summary>
internal interface ICanaryRoute
{
    /// <summary>Its name in <c>Picket:Routes</c>.</summary>
    string Route { get; }

    /// <summary>
    /// Sends a text with <paramref name="token"/> through everything that judges a request, and reads the answer as a client would.
    /// </summary>
    /// <returns>Whether the text was found unsafe, and whether the answer blocks it.</returns>
    ValueTask<(bool Unsafe, bool Blocked)> TryAsync(Policy policy, string token, CancellationToken cancellationToken);
}
