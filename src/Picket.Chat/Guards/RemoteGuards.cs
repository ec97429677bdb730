using System.Diagnostics.CodeAnalysis;

namespace Picket.Chat;

/// <summary>Guards of a server by their address, whose fragment says what the server is.</summary>
/// <remarks>
/// <para>An address without a fragment is a moderation server's (<see cref="ModerationGuard"/>). With one it is a language model's
/// (<see cref="ChatCompletionGuard"/>): the template's name, and after a question mark settings in the form of a query, escaped as one.</para>
/// <code>
/// https://host/v1
/// https://host/v1#moderations?model=omni-moderation-latest
/// https://host/v1#llama-guard-3?model=meta-llama%2FLlama-Guard-3-8B&amp;probability=full-vocabulary
/// http://127.0.0.1:8080#qwen3guard?service=completions&amp;controversial=safe
/// </code>
/// <list type="table">
/// <listheader><term>setting</term><description>value</description></listheader>
/// <item><term><c>model</c></term><description><see cref="RemoteOptions.Model"/></description></item>
/// <item><term><c>service</c></term><description><c>chat</c> or <c>completions</c>; else the template's own</description></item>
/// <item><term><c>probability</c></term><description><c>two-way</c> (default) or <c>full-vocabulary</c></description></item>
/// <item><term><c>controversial</c></term><description><c>unsafe</c> (default) or <c>safe</c></description></item>
/// <item><term><c>top-logprobs</c></term><description>2 to 100, default 20</description></item>
/// <item><term><c>begin-token</c></term><description><c>server</c> (default) or <c>prompt</c>: who writes it</description></item>
/// </list>
/// <para>A key has no place in an address: it is in the options, and they take it from the environment. A fragment is not sent anywhere.</para>
/// </remarks>
public static class RemoteGuards
{
    private const string Moderations = "moderations";

    /// <summary>Whether <paramref name="place"/> is meant as an address, and not as a folder or a name.</summary>
    public static bool IsAddress([NotNullWhen(true)] string? place) =>
        place is not null
        && (place.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    /// <summary>The guard at an address as a configuration names it.</summary>
    /// <param name="address">As above.</param>
    /// <param name="options">As below.</param>
    /// <param name="http">As below; <see cref="RemoteClient.Shared"/> when <see langword="null"/>.</param>
    /// <exception cref="PicketException">As below.</exception>
    public static IGuard Create(string address, RemoteOptions? options = null, HttpClient? http = null) =>
        Create(
            Uri.TryCreate(address, UriKind.Absolute, out Uri? server)
                ? server
                : throw new PicketException("expected the address of a server, found one that is none"),
            http ?? RemoteClient.Shared,
            options);

    /// <summary>The guard at <paramref name="address"/>; nothing is sent before the first scoring.</summary>
    /// <param name="address">As above.</param>
    /// <param name="http">Sends the requests; the caller's to dispose, after the guard. Its own timeout should be infinite.</param>
    /// <param name="options">The key, the limits and the waits, and a model where the address names none; the defaults when
    /// <see langword="null"/>.</param>
    /// <param name="clock">Measures waits and timeouts; the system's when <see langword="null"/>.</param>
    /// <exception cref="PicketException">The address is none, or its fragment names no template, or a setting is unknown or out of range.</exception>
    public static IGuard Create(Uri address, HttpClient http, RemoteOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        RemoteOptions transport = options ?? new RemoteOptions();
        string fragment = address.IsAbsoluteUri ? address.Fragment.TrimStart('#') : "";
        Uri server = fragment.Length == 0 ? address : new UriBuilder(address) { Fragment = "" }.Uri;
        string[] parts = fragment.Split('?', 2);
        var settings = new GuardSettings(parts.Length > 1 ? parts[1] : "");
        if (parts[0] is "" or Moderations)
        {
            string? moderator = settings.Take("model");
            settings.CheckAllTaken();
            return new ModerationGuard(server, http, new ModerationGuardOptions(transport) { Model = moderator ?? transport.Model }, clock);
        }

        GuardTemplate template = GuardTemplates.Find(Uri.UnescapeDataString(parts[0]));
        var reading = new ChatGuardOptions(transport)
        {
            Model = settings.Take("model") ?? transport.Model,
            Service = settings.Take("service", ("chat", (GuardService?)GuardService.Chat), ("completions", GuardService.Completions)),
            Probability = settings.Take(
                "probability", ("two-way", GuardProbability.TwoWay), ("full-vocabulary", GuardProbability.FullVocabulary)),
            ControversialIsUnsafe = !settings.Take("controversial", ("unsafe", false), ("safe", true)),
            TopLogprobs = settings.TakeNumber("top-logprobs") ?? new ChatGuardOptions().TopLogprobs,
            WritesBeginToken = settings.Take("begin-token", ("server", false), ("prompt", true)),
        };
        settings.CheckAllTaken();
        return new ChatCompletionGuard(server, http, template, reading, clock);
    }
}
