namespace Picket.Chat;

/// <summary>Generators of a server, whichever way it goes on with a prefilled assistant turn.</summary>
public static class RemoteGenerators
{
    private static readonly PrefixStyle[] ChatStyles =
        [PrefixStyle.ContinueFinalMessage, PrefixStyle.PrefixField, PrefixStyle.TrailingMessage];

    /// <summary>
    /// The generator of the first style that the server honours, by <see cref="PrefixProbe"/>: the styles of chat completions in the order of
    /// <see cref="PrefixStyle"/>, then plain completions where a template is given.
    /// </summary>
    /// <param name="server">The base address.</param>
    /// <param name="http">Sends the requests; the caller's to dispose, after the generator.</param>
    /// <param name="options">The key, the limits and the waits; the defaults when <see langword="null"/>.</param>
    /// <param name="template">The model's, for plain completions; without one they are not tried.</param>
    /// <param name="clock">Measures waits and timeouts; the system's when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    /// <exception cref="PicketException">The server honours none, cannot be reached or refuses the key, or an option is out of range.</exception>
    public static Task<IGenerator> FindAsync(
        Uri server,
        HttpClient http,
        GeneratorOptions? options = null,
        ChatTemplate? template = null,
        TimeProvider? clock = null,
        CancellationToken cancellationToken = default)
    {
        IEnumerable<IGenerator> chat = ChatStyles.Select(style => new ChatGenerator(server, http, style, options, clock));
        IGenerator[] plain = template is null ? [] : [new CompletionGenerator(server, http, template, options, clock)];
        return PrefixProbe.FindAsync([.. chat, .. plain], cancellationToken);
    }
}
