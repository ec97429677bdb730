namespace Picket.Chat;

/// <summary>BiasDefense on plain text, for messages of any form. Pure; safe to call from several threads.</summary>
/// <remarks>Put on twice, a part stands there once: an agent's loop sends its messages again and again.</remarks>
public sealed class BiasDefenseWording
{
    private readonly BiasDefenseOptions _options;

    /// <summary>Takes the wording.</summary>
    /// <param name="options">Read once; the defaults when <see langword="null"/>.</param>
    /// <exception cref="PicketException">An option is out of range; the message names every fault.</exception>
    public BiasDefenseWording(BiasDefenseOptions? options = null)
    {
        _options = options ?? new BiasDefenseOptions();
        string[] faults = [.. _options.Faults()];
        if (faults.Length > 0)
        {
            throw new PicketException($"bias defense: {string.Join("; ", faults)}");
        }
    }

    /// <summary>What is put after a system prompt; empty where nothing is to be put there.</summary>
    /// <param name="existing">The system prompt; <see langword="null"/> or empty when there is none.</param>
    public string AfterSystemPrompt(string? existing) =>
        After(existing, _options.Mode.HasFlag(BiasDefenseMode.System) ? _options.SystemPrompt : "");

    /// <summary>What is put after the last user message; empty where nothing is to be put there.</summary>
    /// <param name="request">That message's text; <see langword="null"/> or empty when it has none.</param>
    public string AfterRequest(string? request) => After(request, _options.Mode.HasFlag(BiasDefenseMode.Suffix) ? _options.Suffix : "");

    // An empty line between them: the existing text ends as it did, and the part reads as a paragraph of its own.
    private static string After(string? text, string part) =>
        part.Length == 0 || string.IsNullOrEmpty(text) ? part
        : text.EndsWith(part, StringComparison.Ordinal) ? ""
        : $"\n\n{part}";
}
