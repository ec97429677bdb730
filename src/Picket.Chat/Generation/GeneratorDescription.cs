namespace Picket.Chat;

/// <summary>What a generator says of itself.</summary>
/// <param name="Name">The model, or the server where no model is named. Stands in reports.</param>
/// <param name="Kind">The family: <c>chat</c>, <c>completion</c>, <c>client</c>.</param>
/// <param name="Server">What errors call the server.</param>
/// <param name="Prefix">How a prefilled assistant turn is asked for.</param>
/// <param name="Template">The chat template that is rendered here; <see langword="null"/> where the server has its own.</param>
public sealed record GeneratorDescription(string Name, string Kind, string Server, PrefixStyle Prefix, string? Template = null);
