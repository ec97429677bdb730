using Picket.Chat;

namespace Picket.Cli;

/// <summary>One of the models of <c>picket augment</c>.</summary>
/// <param name="Address">Its server's.</param>
/// <param name="Model">The model's name; <see langword="null"/> leaves it to the server.</param>
/// <param name="Prices">Of a million tokens.</param>
/// <param name="KeyVariable">The environment variable with the server's key: one a part, so that no server gets the key of another.</param>
internal sealed record ModelSettings(string Address, string? Model, TokenPrices? Prices, string KeyVariable);
